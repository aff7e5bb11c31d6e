package dev.holdfast.bench;

import java.util.Arrays;
import java.util.Collection;

/** What a row of runs came to: the middle, and how far the others lie from it. */
record Stats(double min, double median, double max) {
    /** Of at least one figure. */
    static Stats of(Collection<Double> figures) {
        double[] sorted =
                figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no figures");
        }
        return new Stats(sorted[0], middle(sorted), sorted[sorted.length - 1]);
    }

    private static double middle(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1
                ? sorted[half]
                : Arrays.stream(sorted, half - 1, half + 1).average().orElseThrow();
    }

    /** The distance from the least to the most as a share of the median. */
    double spread() {
        return median == 0 ? 0 : (max - min) / median;
    }

    /** The ratio of the medians. */
    double ratioTo(Stats peer) {
        return median / peer.median;
    }
}
