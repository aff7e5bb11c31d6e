package dev.holdfast.restore;

import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a restore in place came to: every table has the rows of the backup.
 *
 * @param safety holds every row that was there before; empty when none was wanted
 * @param safetyElsewhere in which repository that is, when it is not the one that was restored from
 * @param tables those that were not as the backup says, in the order of their names
 * @param equal how many others were
 * @param beside what was done beside the rows, for people
 * @param blocked how long who wanted to write had to wait
 */
public record InPlaceReport(
        BackupName backup,
        Optional<BackupName> safety,
        Optional<String> safetyElsewhere,
        List<Replaced> tables,
        int equal,
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
