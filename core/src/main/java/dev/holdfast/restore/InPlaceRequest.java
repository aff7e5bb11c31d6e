package dev.holdfast.restore;

import dev.holdfast.backup.BackupRequest;
import dev.holdfast.repository.BackupName;

/**
 * What is asked of a restore in place.
 *
 * @param safety how the safety backups are taken, and by whom; also how many connections read at once
 */
public record InPlaceRequest(BackupName backup, BackupRequest safety) {}
