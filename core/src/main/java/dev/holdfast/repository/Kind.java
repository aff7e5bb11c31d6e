package dev.holdfast.repository;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why a backup was taken. */
public enum Kind {
    MANUAL,
    SCHEDULED,
    /** Before a guarded command. */
    GUARD,
    /** Before a restore. */
    SAFETY,
    /** A broken state kept on purpose. */
    EMERGENCY,
    /** A foreign dump brought in. */
    ADOPTED;

    /** The kind as commands, documents and JSON spell it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Kind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
}
