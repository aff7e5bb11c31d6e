package dev.holdfast.backup;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.time.Duration;
import java.time.Instant;

/** Shows that clocks are close enough to trust the ages and the order of backups. */
final class Clocks {
    private static final Duration MOST_APART = Duration.ofMinutes(5);

    private Clocks() {}

    static void check(Instant ours, Instant other, String whose) {
        Duration apart = Duration.between(ours, other).abs();
        if (apart.compareTo(MOST_APART) > 0) {
            throw new HoldfastException(
                            ErrorCode.CLOCK,
                            "our clock says " + ours + " and the clock of " + whose + " " + other + ": "
                                    + apart.toMinutes() + " minutes apart")
                    .withHint("set the clocks right, or say --accept-clock");
        }
    }
}
