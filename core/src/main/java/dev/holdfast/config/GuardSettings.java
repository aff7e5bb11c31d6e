package dev.holdfast.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How commands are guarded that run on a source.
 *
 * @param onFailure what is done when it went wrong; empty to ask where somebody can answer, and else to keep
 * @param health lines for a shell that must end with 0 when all is done
 * @param checks questions to the database that must be answered with true
 */
public record GuardSettings(Optional<OnFailure> onFailure, List<String> health, List<String> checks) {
    public static final GuardSettings NONE = new GuardSettings(Optional.empty(), List.of(), List.of());

    /** What is done when it went wrong. */
    public enum OnFailure {
        ROLLBACK,
        ASK,
        KEEP;

        static Optional<OnFailure> of(String word) {
            return Arrays.stream(values())
                    .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(word))
                    .findFirst();
        }
    }

    public GuardSettings {
        health = List.copyOf(health);
        checks = List.copyOf(checks);
    }
}
