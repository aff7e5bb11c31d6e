package dev.holdfast.postgres.testing.random;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Rows of drawn values. */
final class Rows {
    private final Making making;
    private final Draw draw;

    Rows(Making making) {
        this.making = making;
        this.draw = making.draw;
    }

    /** Some rows; the id, where there is one, begins at a number. */
    void insert(String table, String id, int from, List<MadeTable.Column> columns, int count) {
        if (count == 0) {
            return;
        }
        List<String> names = new ArrayList<>();
        if (!id.isEmpty()) {
            names.add(id);
        }
        columns.forEach(column -> names.add(column.name()));
        if (names.isEmpty()) {
            making.script.add("INSERT INTO " + table + " SELECT FROM pg_catalog.generate_series(1, " + count + ")");
            return;
        }
        List<String> rows = new ArrayList<>();
        String last = "";
        for (int i = 0; i < count; i++) {
            boolean twice = !last.isEmpty() && draw.chance(0.1);
            if (twice) {
                making.script.count(Kind.ROWS_TWICE);
            }
            last = twice ? last : cells(columns);
            String number = id.isEmpty() ? "" : String.valueOf(from + i) + (columns.isEmpty() ? "" : ", ");
            rows.add("(" + number + last + ")");
        }
        columns.forEach(column -> making.script.countType(column.type().sql()));
        making.script.add("INSERT INTO " + table + " (" + String.join(", ", names)
                + ") OVERRIDING SYSTEM VALUE VALUES\n" + String.join(",\n", rows));
    }

    private String cells(List<MadeTable.Column> columns) {
        return columns.stream().map(column -> column.type().cell(draw)).collect(Collectors.joining(", "));
    }

    /** An expression for a text of some hundred kilobytes that cannot be made smaller. */
    static String longText(Draw draw) {
        return "(SELECT pg_catalog.string_agg(pg_catalog.md5((g::int8 * " + draw.between(1, 1_000_000)
                + ")::text), '') FROM pg_catalog.generate_series(1, " + draw.between(2_000, 6_000) + ") AS g)";
    }
}
