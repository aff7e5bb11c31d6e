package dev.holdfast.project;

import dev.holdfast.engine.TableHeading;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * A table whose names are compared without case and underscores, since many tools leave the spelling to their users.
 *
 * @param name the plain name
 * @param columns the plain names of its columns, and how they are spelled
 */
record PlainHeading(TableHeading table, String name, Map<String, String> columns) {
    static PlainHeading of(TableHeading table) {
        Map<String, String> columns = new HashMap<>();
        table.columns().forEach(column -> columns.putIfAbsent(plain(column), column));
        return new PlainHeading(table, plain(table.name()), columns);
    }

    static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    String label() {
        return table.label();
    }

    boolean isBeside(PlainHeading other) {
        return table.schema().equals(other.table.schema());
    }

    /** The spelling of each of the tool's columns in this table. */
    List<String> spelled(List<String> tools) {
        return tools.stream().map(this::spelled).toList();
    }

    private String spelled(String column) {
        String spelling = columns.get(plain(column));
        if (spelling == null) {
            throw new NoSuchElementException(label() + " has no column " + column);
        }
        return spelling;
    }
}
