package dev.holdfast.restore;

import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a restore in place came to: every table that was wanted has the rows of the backup, as far as its mode goes.
 *
 * @param database the name of the database
 * @param selection what was brought back
 * @param safety holds every row that was there before; empty when none was wanted
 * @param safetyElsewhere in which repository that is, when it is not the one that was restored from
 * @param tables those to which something was done, in the order of their names
 * @param untouched to how many others nothing had to be done
 * @param beside what was done beside the rows, for people
 * @param blocked how long who wanted to write had to wait
 */
public record InPlaceReport(
        BackupName backup,
        String database,
        Selection selection,
        Optional<BackupName> safety,
        Optional<String> safetyElsewhere,
        List<Replaced> tables,
        int untouched,
        List<String> beside,
        Duration blocked,
        Duration took) {
    /**
     * A table whose rows were put back.
     *
     * @param before how many rows it had
     * @param after how many it has
     */
    public record Replaced(String name, long before, long after, long inserted, long updated, long deleted) {
        /** How many rows were written: each that was deleted, inserted, or both. */
        long written() {
            return inserted + deleted + 2 * updated;
        }

        /** As programs read it. */
        public JsonObject json() {
            return new JsonObject()
                    .put("name", name)
                    .put("rows_before", before)
                    .put("rows_after", after)
                    .put("inserted", inserted)
                    .put("updated", updated)
                    .put("deleted", deleted);
        }
    }

    public InPlaceReport {
        tables = List.copyOf(tables);
        beside = List.copyOf(beside);
    }
}
