package dev.holdfast.testing;

import java.time.Duration;
import java.util.Random;

/**
 * Where a seeded test gets its randomness. The seed is always printed, so that a failure can be had again with
 * {@code -Dholdfast.seed=N}; {@code -Dsoak=MINUTES} makes the rounds go on for as long as one likes. Used by one thread.
 */
public final class Seeds {
    /** One round of a test, with randomness of its own. */
    @FunctionalInterface
    public interface Round {
        void run(Random random) throws Exception;
    }

    private final String test;
    private final long seed;

    private Seeds(String test, long seed) {
        this.test = test;
        this.seed = seed;
    }

    /** The seed for one test: the one that was asked for, else a new one. */
    public static Seeds of(String test) {
        String asked = System.getProperty("holdfast.seed", "");
        long seed = asked.isBlank() ? new Random().nextLong() : Long.parseLong(asked.trim());
        print("seed of " + test + ": " + seed + " (again with -Dholdfast.seed=" + seed + ")");
        return new Seeds(test, seed);
    }

    public long seed() {
        return seed;
    }

    /** Randomness that begins at the seed. */
    public Random random() {
        return new Random(seed);
    }

    /** How long a soaking test goes on: {@code holdfast.soak} in minutes, else what the caller says. */
    public static Duration soak(Duration normally) {
        String minutes = System.getProperty("holdfast.soak", "");
        return minutes.isBlank() ? normally : Duration.ofMinutes(Long.parseLong(minutes.trim()));
    }

    /**
     * Runs rounds: as many as the caller says, and on a soak on until its minutes are over. A number of rounds, not a time, so that a
     * slow machine tests as much as a fast one. A failure names the seed and the round.
     */
    public void rounds(int normally, Round round) {
        long end = System.nanoTime() + soak(Duration.ZERO).toNanos();
        for (int number = 0; number < normally || System.nanoTime() < end; number++) {
            try {
                round.run(new Random(seed + number));
            } catch (Exception | AssertionError e) {
                // round n with seed s is round 0 with seed s + n
                throw new AssertionError(
                        test + ", round " + number + ": again with -Dholdfast.seed=" + (seed + number) + ": " + e, e);
            }
        }
    }

    /** Tells the reader of the build's output something; for seeds, and for what could not be tested here. */
    public static void print(String line) {
        System.out.println(line);
    }
}
