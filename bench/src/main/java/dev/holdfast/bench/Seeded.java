package dev.holdfast.bench;

import java.util.List;

/**
 * Numbers and words that look random and are the same on every machine: SplitMix64, written out here because no library promises to
 * give the same numbers for ever.
 */
final class Seeded {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final List<String> WORDS = List.of(
            ("about above account after again almost always amber answer apple autumn balance basket before behind below"
                            + " between blanket bottle branch bread bridge bright bronze button candle canvas carbon cedar"
                            + " central chalk change cherry circle clear cloud cobalt coffee color common copper cotton"
                            + " county cream crystal custom daily delivery desert detail dinner double early east elder"
                            + " ember empty engine evening express fabric family feather field filter finish forest fresh"
                            + " garden gentle ginger glass golden granite green ground harbor hazel heavy hollow honey"
                            + " indigo iron island ivory jacket journey kettle ladder lantern large leather lemon letter"
                            + " linen little maple marble market meadow metal middle mirror morning mountain narrow north"
                            + " number ocean office olive orange order paper pebble pepper pillow planet pocket portable"
                            + " quiet rabbit rapid ribbon river rubber saddle sample season second shadow silver simple"
                            + " small smooth south spring standard stone summer table timber travel under valley velvet"
                            + " village violet walnut water weather window winter wooden yellow")
                    .split(" ", -1));

    private long state;

    Seeded(long seed) {
        this.state = seed;
    }

    long next() {
        state += GOLDEN;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** At least 0 and less than the bound. */
    int below(int bound) {
        return (int) Long.remainderUnsigned(next(), bound);
    }

    String word() {
        return WORDS.get(below(WORDS.size()));
    }

    /** Words with spaces between. */
    void words(int count, StringBuilder to) {
        for (int i = 0; i < count; i++) {
            to.append(i == 0 ? "" : " ").append(word());
        }
    }

    /** A moment of the year 2025, as SQL and JSON write it. */
    void moment(StringBuilder to) {
        to.append("2025-");
        two(1 + below(12), to);
        to.append('-');
        two(1 + below(28), to);
        to.append('T');
        two(below(24), to);
        to.append(':');
        two(below(60), to);
        to.append(':');
        two(below(60), to);
        to.append('Z');
    }

    private static void two(int number, StringBuilder to) {
        to.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
