package dev.holdfast.backup;

import dev.holdfast.repository.Head;
import dev.holdfast.repository.Reuse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a backup reads everything, although fingerprints say that it need not.
 *
 * @param asked whether a person wants it
 * @param after how old the last one may be
 */
public record FullRead(boolean asked, Duration after) {
    public static final Duration DEFAULT_AFTER = Duration.ofDays(30);

    /** Whenever the last one is too old. */
    public static final FullRead USUAL = new FullRead(false, DEFAULT_AFTER);

    /** Why this one is to be, in a few words; empty when fingerprints count. */
    Optional<String> why(Optional<Head> parent, Instant now) {
        if (parent.isEmpty()) {
            return Optional.of("there is no earlier backup to compare with");
        }
        Optional<Instant> last = parent.get().contents().reuse().map(Reuse::fullReadAt);
        if (asked) {
            return Optional.of("it was asked for");
        }
        if (last.isEmpty()) {
            return Optional.of("the backup before does not say when everything was last read");
        }
        boolean isOld = now.isAfter(last.get().plus(after));
        boolean isToCome = last.get().isAfter(now); // a clock was wrong
        return isOld || isToCome
                ? Optional.of("the last full read was on " + last.get() + ", and one is due every " + after.toDays()
                        + " days")
                : Optional.empty();
    }
}
