package dev.holdfast.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a work came to.
 *
 * @param samples of each contender, warm-up not among them; none when it failed
 * @param failures why a contender failed, in one line
 */
record Result(Work work, Map<String, List<Sample>> samples, Map<String, String> failures) {
    Optional<Stats> seconds(String contender) {
        return stats(contender, sample -> Optional.of(sample.seconds()));
    }

    Optional<Stats> cpu(String contender) {
        return stats(contender, sample -> sample.usage().map(Usage::seconds));
    }

    Optional<Stats> serverCpu(String contender) {
        return stats(contender, Sample::serverCpu);
    }

    Optional<Stats> peakBytes(String contender) {
        return stats(
                contender, sample -> sample.usage().flatMap(Usage::peakBytes).map(Long::doubleValue));
    }

    Optional<Stats> bytes(String contender) {
        return stats(contender, sample -> sample.bytes().map(Long::doubleValue));
    }

    /** The contender with the smallest median among those that were measured. */
    Optional<String> fastest(List<String> contenders) {
        return contenders.stream()
                .filter(name -> seconds(name).isPresent())
                .min(Comparator.comparingDouble(
                        name -> seconds(name).map(Stats::median).orElse(Double.MAX_VALUE)));
    }

    /** Nothing unless each of the samples has the figure. */
    private Optional<Stats> stats(String contender, Function<Sample, Optional<Double>> figure) {
        List<Sample> runs = samples.getOrDefault(contender, List.of());
        List<Double> figures =
                runs.stream().map(figure).flatMap(Optional::stream).toList();
        return figures.isEmpty() || figures.size() < runs.size() ? Optional.empty() : Optional.of(Stats.of(figures));
    }
}
