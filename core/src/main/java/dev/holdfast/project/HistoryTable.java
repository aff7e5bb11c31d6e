package dev.holdfast.project;

import java.util.List;

/**
 * By what a tool's table is known, as {@link PlainHeading}s compare names.
 *
 * @param name how the table's name must be or, for one that people may choose, what it must contain
 * @param exactly whether the name must be that, and not only contain it
 * @param columns which it must have
 * @param alone whether it must have no others
 */
record HistoryTable(String name, boolean exactly, List<String> columns, boolean alone) {
    HistoryTable {
        columns = List.copyOf(columns);
    }

    /** A table with at least these columns, which are so peculiar that its name does not matter. */
    static HistoryTable of(String... columns) {
        return new HistoryTable("", false, List.of(columns), false);
    }

    HistoryTable named(String fixed) {
        return new HistoryTable(fixed, true, columns, alone);
    }

    HistoryTable nameContains(String part) {
        return new HistoryTable(part, false, columns, alone);
    }

    HistoryTable noOtherColumns() {
        return new HistoryTable(name, exactly, columns, true);
    }

    boolean is(PlainHeading table) {
        String wanted = PlainHeading.plain(name);
        boolean named = exactly ? table.name().equals(wanted) : table.name().contains(wanted);
        return named
                && (!alone || table.columns().size() == columns.size())
                && columns.stream().allMatch(column -> table.columns().containsKey(PlainHeading.plain(column)));
    }
}
