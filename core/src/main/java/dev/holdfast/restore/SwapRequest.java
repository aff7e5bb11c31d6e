package dev.holdfast.restore;

import dev.holdfast.backup.BackupRequest;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.Kind;
import dev.holdfast.run.RunId;
import java.util.Optional;

/**
 * What is asked of a restore in the place of a live database.
 *
 * @param database the name of the database to be replaced
 * @param owners whether owners and rights are restored, too
 * @param jobs how many connections work at once, at least one
 * @param safety the backup that is taken of the live database before; without it nothing is replaced
 * @param takesBack the run that this one takes back, if it does
 */
public record SwapRequest(
        BackupName backup, String database, boolean owners, int jobs, BackupRequest safety, Optional<RunId> takesBack) {
    public SwapRequest {
        if (safety.kind() != Kind.SAFETY) {
            throw new IllegalArgumentException("the backup before a swap is a safety backup, not " + safety.kind());
        }
    }
}
