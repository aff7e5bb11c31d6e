package dev.holdfast.bench;

/**
 * How a result stands to a bar.
 *
 * @param bar what was asked
 * @param found what was measured
 */
record Judgment(String bar, String found, Verdict verdict) {
    /** A bar that could not be looked at is not one that was held. */
    enum Verdict {
        WITHIN("within"),
        MISSES("MISSES"),
        NOT_MEASURED("not measured");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        static Verdict of(boolean within) {
            return within ? WITHIN : MISSES;
        }
    }
}
