package dev.holdfast.restore;

import dev.holdfast.repository.BackupName;

/**
 * What a swap came to.
 *
 * @param restored the database that has the name now
 * @param safety the backup of the live database that was taken before
 * @param keptAs the name of the database that was live; rows written since the safety backup are only there
 */
public record SwapReport(RestoreReport restored, BackupName safety, String keptAs) {}
