package dev.holdfast.bench;

/**
 * How much is measured.
 *
 * @param runs of each contender that count; one more goes before as a warm-up
 * @param jobs how many work side by side, with every contender that can
 * @param scale of the databases; {@link Databases#FULL_SCALE} is what the bars are about
 */
record Plan(int runs, int jobs, int scale) {
    /** A start-up is short, so that it takes more runs to know its median. */
    static final int START_UP_RUNS = 20;
}
