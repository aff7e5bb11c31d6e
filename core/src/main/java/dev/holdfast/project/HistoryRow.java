package dev.holdfast.project;

import java.util.Map;
import java.util.Set;

/** One row of a migration tool's table: its values by the tool's own names of columns, as text. */
record HistoryRow(Map<String, String> values) {
    private static final Set<String> TRUE = Set.of("t", "true", "1");

    HistoryRow {
        values = Map.copyOf(values);
    }

    boolean has(String column) {
        return values.containsKey(column);
    }

    /** The value; empty where it is null. */
    String text(String column) {
        return values.getOrDefault(column, "");
    }

    boolean flag(String column) {
        return TRUE.contains(text(column));
    }
}
