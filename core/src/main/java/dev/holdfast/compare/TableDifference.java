package dev.holdfast.compare;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of one relation differ. Rows are counted from the backup on: an inserted one is not in it.
 *
 * @param presence on which side the relation is
 * @param key the columns by which rows were paired; empty when they were not, and then no row counts as changed
 * @param notCompared columns that only one side has
 * @param samples some of the rows that differ
 */
public record TableDifference(
        String name,
        Presence presence,
        long inserted,
        long deleted,
        long changed,
        List<String> key,
        List<String> notCompared,
        List<RowChange> samples) {
    /** On which side a relation is. */
    public enum Presence {
        BOTH,
        BACKUP_ONLY,
        OTHER_ONLY
    }

    /**
     * One row that differs.
     *
     * @param before its values in the backup, by column; empty when it is inserted
     * @param after its values on the other side, by column; empty when it is deleted
     */
    public record RowChange(
            Optional<Map<String, @Nullable String>> before, Optional<Map<String, @Nullable String>> after) {}

    public TableDifference {
        key = List.copyOf(key);
        notCompared = List.copyOf(notCompared);
        samples = List.copyOf(samples);
    }

    /** Whether nothing differs. */
    public boolean isSame() {
        return presence == Presence.BOTH && inserted + deleted + changed == 0 && notCompared.isEmpty();
    }
}
