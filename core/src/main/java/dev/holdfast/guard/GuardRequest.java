package dev.holdfast.guard;

import dev.holdfast.backup.BackupRequest;
import dev.holdfast.repository.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of a guard.
 *
 * @param backup how the backup before the command is taken, and by whom
 * @param conditions what must hold for the command to have gone well, beside its exit code
 * @param around what is run beside the command
 */
public record GuardRequest(BackupRequest backup, Order order, Conditions conditions, Around around) {
    public GuardRequest {
        if (backup.kind() != Kind.GUARD) {
            throw new IllegalArgumentException("the backup before a command is a guard's, not " + backup.kind());
        }
    }

    /**
     * What must hold.
     *
     * @param checks questions to the database, whose answers must be true
     * @param health lines for a shell that must end with 0, asked when what comes after was run
     * @param change whether something must have changed
     * @param longestWait how long processes that the command leaves behind are waited for; if they take longer, it has not gone well
     */
    public record Conditions(List<String> checks, List<String> health, boolean change, Optional<Duration> longestWait) {
        public Conditions {
            checks = List.copyOf(checks);
            health = List.copyOf(health);
        }
    }

    /**
     * What is run beside the command, as lines for a shell.
     *
     * @param before run before the backup: stops an application, say; when it fails, nothing else is run
     * @param after run at the end, however that is: starts it again
     * @param backup whether a backup of the new state is taken when all went well
     */
    public record Around(Optional<String> before, Optional<String> after, boolean backup) {}
}
