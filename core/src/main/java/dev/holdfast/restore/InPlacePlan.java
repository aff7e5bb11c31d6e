package dev.holdfast.restore;

import dev.holdfast.compare.CompareReport;
import dev.holdfast.repository.BackupName;
import java.time.Duration;
import java.util.Optional;

/**
 * What a restore in place would do, as the database was when it was looked at. Rows that are written after that are put back, too.
 *
 * @param database its name
 * @param isProtected whether it has the marker of protection
 * @param rows which rows would change; empty when that was not asked for
 */
public record InPlacePlan(
        BackupName backup,
        String database,
        boolean isProtected,
        Selection selection,
        Terms terms,
        Optional<Rows> rows) {
    /** About how many rows are written in a second. */
    private static final long ROWS_A_SECOND = 100_000;

    /**
     * The rows that would change.
     *
     * @param differences from the backup on: rows that are inserted there would be deleted
     * @param mode what is done with rows that differ
     * @param looking how long it took to look: about what writers would wait beside the writing itself
     */
    public record Rows(CompareReport differences, Selection.Mode mode, Duration looking) {
        /** How many rows would be written: each that is deleted, inserted, or both. */
        public long count() {
            return differences.tables().stream()
                    .mapToLong(table -> mode.deletes(table) + mode.inserts(table) + 2 * mode.updates(table))
                    .sum();
        }

        /** How long about those who want to write would wait, once they are locked out. */
        public Duration blocking() {
            return looking.multipliedBy(2).plusMillis(1000 * count() / ROWS_A_SECOND);
        }
    }
}
