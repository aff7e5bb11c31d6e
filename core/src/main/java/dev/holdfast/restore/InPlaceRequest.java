package dev.holdfast.restore;

import dev.holdfast.backup.BackupRequest;
import dev.holdfast.repository.BackupName;
import dev.holdfast.run.RunId;
import java.util.Optional;

/**
 * What is asked of a restore in place.
 *
 * @param safety how the safety backups are taken, and by whom; also how many connections read at once
 * @param takesBack the run that this one takes back, if it does
 * @param selection what is brought back
 */
public record InPlaceRequest(
        BackupName backup, BackupRequest safety, Optional<RunId> takesBack, Selection selection, Terms terms) {}
