package dev.holdfast.compare;

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

    static boolean isNamed(String relation, String table) {
        return relation.equals(table) || relation.endsWith("." + table);
    }
}
