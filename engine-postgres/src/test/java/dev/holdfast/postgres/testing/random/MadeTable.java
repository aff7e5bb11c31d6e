package dev.holdfast.postgres.testing.random;

import java.util.List;

/**
 * A table that is there.
 *
 * @param name with its schema
 * @param id a column of type bigint whose values are unique, 1 and so on
 * @param columns the others that may be read and indexed
 * @param rows how many there are at least
 * @param permanent whether it is logged, so that it can be published
 */
record MadeTable(String name, String id, List<Column> columns, int rows, boolean permanent) {
    /**
     * A column other than the id.
     *
     * @param plain whether its values are short enough for an index
     */
    record Column(String name, ValueType type, boolean plain) {
        /** What CREATE TABLE says of it first. */
        String sql() {
            return name + " " + type.sql();
        }
    }

    /** Columns that an ordinary index can have. */
    List<Column> ordered() {
        return columns.stream()
                .filter(column -> column.plain && column.type.is(ValueType.Trait.ORDERED))
                .toList();
    }
}
