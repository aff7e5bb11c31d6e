package dev.holdfast.compare;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.repository.Manifest;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * What is asked of a comparison.
 *
 * @param tables the only relations whose rows are compared, by their names for people, which may begin behind a dot; empty for all, and
 *     the schema
 * @param rows how many rows that differ are shown of each relation at most; 0 for none
 * @param jobs how many readers at once, at least one
 */
public record CompareRequest(Set<String> tables, int rows, int jobs) {
    public CompareRequest {
        tables = Set.copyOf(tables);
    }

    /** Whether the rows of a relation of that name are compared. */
    public boolean wants(String relation) {
        return tables.isEmpty() || tables.stream().anyMatch(table -> isNamed(relation, table));
    }

    /** An error for a name that neither a backup nor the other side has; before hours are spent on others. */
    public void checkNames(Manifest backup, Collection<String> others) {
        Set<String> names = new HashSet<>(others);
        backup.relations().forEach(entry -> names.add(entry.name()));
        for (String wanted : tables) {
            if (names.stream().noneMatch(name -> isNamed(name, wanted))) {
                throw new HoldfastException(ErrorCode.BAD_USAGE, "there is no table " + wanted + " on either side")
                        .withHint("holdfast show " + backup.head().name()
                                + " lists the tables of the backup; the rows of a"
                                + " partitioned table are those of its partitions");
            }
        }
    }

    static boolean isNamed(String relation, String table) {
        return relation.equals(table) || relation.endsWith("." + table);
    }
}
