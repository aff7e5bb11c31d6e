package dev.holdfast.engine;

import java.util.List;

/**
 * What a table is called, and its columns.
 *
 * @param label the name of both for people, as the table's {@link Relation} has it where it has one
 * @param schema what the table stands in
 * @param name its name there
 */
public record TableHeading(String label, String schema, String name, List<String> columns) {
    public TableHeading {
        columns = List.copyOf(columns);
    }
}
