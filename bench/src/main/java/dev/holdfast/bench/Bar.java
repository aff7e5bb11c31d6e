package dev.holdfast.bench;

import dev.holdfast.bench.Judgment.Verdict;
import java.util.List;
import java.util.Optional;

/** What a contender must hold. */
sealed interface Bar {
    /** The contender that is judged. */
    String contender();

    /** The bar in words. */
    String words();

    /** What was found, or nothing when it was not measured. */
    Optional<Finding> look(Result result);

    /** What was measured, in words, and whether the bar holds. */
    record Finding(String words, boolean within) {}

    /** Looks at a result. A contender that failed misses its bars. */
    default Judgment judge(Result result) {
        if (result.failures().containsKey(contender())) {
            return new Judgment(words(), "failed", Verdict.MISSES);
        }
        return look(result)
                .map(found -> new Judgment(words(), found.words, Verdict.of(found.within)))
                .orElse(new Judgment(words(), "-", Verdict.NOT_MEASURED));
    }

    /** Its median is at most a multiple of the fastest peer's. */
    record Times(String contender, List<String> peers, double factor) implements Bar {
        @Override
        public String words() {
            return Show.ratio(factor) + " x " + (peers.size() == 1 ? "" : "the fastest of ") + String.join(", ", peers);
        }

        @Override
        public Optional<Finding> look(Result result) {
            return result.fastest(peers)
                    .flatMap(peer -> result.seconds(peer)
                            .flatMap(theirs -> result.seconds(contender)
                                    .map(ours -> ours.ratioTo(theirs))
                                    .map(ratio -> new Finding(Show.ratio(ratio) + " x " + peer, ratio <= factor))));
        }
    }

    /** Its median is longer than a peer's by so many seconds at most. */
    record Longer(String contender, String peer, double seconds) implements Bar {
        @Override
        public String words() {
            return peer + " + " + Show.millis(seconds);
        }

        @Override
        public Optional<Finding> look(Result result) {
            return result.seconds(peer)
                    .flatMap(theirs -> result.seconds(contender)
                            .map(ours -> ours.median() - theirs.median())
                            .map(more -> new Finding(peer + " + " + Show.millis(more), more <= seconds)));
        }
    }

    /** In no run has one of its processes more memory. */
    record Memory(String contender, long bytes) implements Bar {
        @Override
        public String words() {
            return contender + ": " + Show.mebibytes(bytes) + " resident";
        }

        @Override
        public Optional<Finding> look(Result result) {
            return result.peakBytes(contender)
                    .map(peak ->
                            new Finding(Show.mebibytes(Math.round(peak.max())) + " resident", peak.max() <= bytes));
        }
    }

    /** In no run it leaves more bytes. */
    record Bytes(String contender, long bytes, String why) implements Bar {
        @Override
        public String words() {
            return "stores " + why + " (" + Show.bytes(bytes) + ")";
        }

        @Override
        public Optional<Finding> look(Result result) {
            return result.bytes(contender)
                    .map(left -> new Finding("stores " + Show.bytes(Math.round(left.max())), left.max() <= bytes));
        }
    }
}
