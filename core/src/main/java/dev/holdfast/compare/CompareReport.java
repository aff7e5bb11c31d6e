package dev.holdfast.compare;

import java.util.List;
import java.util.Optional;

/**
 * What differs.
 *
 * @param schema empty when only some relations were compared
 * @param tables every relation of either side that was compared, by name
 * @param keptBytes of the backup's rows, uncompressed, that were known to be equal without being read
 */
public record CompareReport(Optional<SchemaDifference> schema, List<TableDifference> tables, long keptBytes) {
    public CompareReport {
        tables = List.copyOf(tables);
    }

    /** Whether nothing differs. */
    public boolean isSame() {
        return schema.map(SchemaDifference::isSame).orElse(true)
                && tables.stream().allMatch(TableDifference::isSame);
    }
}
