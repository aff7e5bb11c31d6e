package dev.holdfast.compare;

import java.util.List;
import java.util.Optional;

/**
 * What differs.
 *
 * @param schema empty when only some relations were compared
 * @param tables every relation of either side that was compared, by name
 * @param keptBytes of the backup's rows, uncompressed, that were known to be equal without being read
 * @param readInFull why everything had to be read, in a few words; empty when something could be known to be equal without
 */
public record CompareReport(
        Optional<SchemaDifference> schema, List<TableDifference> tables, long keptBytes, Optional<String> readInFull) {
    public CompareReport {
        tables = List.copyOf(tables);
    }

    /** Whether nothing differs. */
    public boolean isSame() {
        return schema.map(SchemaDifference::isSame).orElse(true)
                && tables.stream().allMatch(TableDifference::isSame);
    }
}
