package dev.holdfast.restore;

import dev.holdfast.repository.BackupName;
import java.time.Duration;
import java.util.List;

/**
 * What a restore came to: every relation was read again from the new database and found equal to the backup.
 *
 * @param tables each relation with its rows, in the order of their names
 */
public record RestoreReport(BackupName backup, String database, List<Restored> tables, Duration took) {
    /** One relation as it was read again. */
    public record Restored(String name, long rows) {}

    public RestoreReport {
        tables = List.copyOf(tables);
    }

    public long rows() {
        return tables.stream().mapToLong(Restored::rows).sum();
    }
}
