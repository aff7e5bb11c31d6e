package dev.holdfast.postgres.testing.random;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Chance, in the forms in which it is needed. */
final class Draw {
    private final Random random;

    /** The first numbers of seeds that follow each other are almost the same ones, so they are stirred. */
    Draw(Random random) {
        long stirred = random.nextLong() * 0x9E3779B97F4A7C15L;
        this.random = new Random(stirred ^ (stirred >>> 32));
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** A number from one to another, both possible. */
    int between(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    long number() {
        return random.nextLong();
    }

    double gaussian() {
        return random.nextGaussian();
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    @SafeVarargs
    final <T> T of(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** As many as were drawn. */
    static <T> List<T> times(int count, Supplier<T> each) {
        return IntStream.range(0, count).mapToObj(i -> each.get()).toList();
    }

    String hex(int digits) {
        var hex = new StringBuilder();
        for (int i = 0; i < digits; i++) {
            hex.append(Character.forDigit(random.nextInt(16), 16));
        }
        return hex.toString();
    }
}
