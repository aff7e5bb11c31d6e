package dev.holdfast.postgres;

import dev.holdfast.engine.Sandbox;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether tables have as many rows as a dump says. */
final class RowCounts {
    private static final String DOING = "counting rows";

    private final Connection connection;
    private final DumpedDatabase dumped;
    private final List<String> doubts = new ArrayList<>();

    private RowCounts(Connection connection, DumpedDatabase dumped) {
        this.connection = connection;
        this.dumped = dumped;
    }

    static Sandbox.Observation look(Connection connection, DumpedDatabase dumped) {
        return new RowCounts(connection, dumped).look();
    }

    private Sandbox.Observation look() {
        long began = System.nanoTime();
        dumped.rows.forEach(this::count);
        countLargeObjects();
        String what = "every table has as many rows as the dump: " + dumped.allRows() + " rows in " + dumped.rows.size()
                + " tables" + (dumped.largeObjects > 0 ? ", " + dumped.largeObjects + " large objects" : "");
        List<String> without = withoutRows();
        if (!without.isEmpty()) {
            what += "; the dump has no rows of " + FirstFew.of(without);
        }
        return new Sandbox.Observation(
                "rows",
                what,
                doubts.isEmpty() ? Optional.empty() : Optional.of(FirstFew.of(doubts)),
                Duration.ofNanos(System.nanoTime() - began));
    }

    private void count(String table, long expected) {
        String query = "SELECT c.relkind FROM pg_catalog.pg_class c WHERE c.oid = pg_catalog.to_regclass("
                + Sql.value(table) + ")";
        List<String> kind = PgConnections.column(connection, DOING, query);
        if (kind.isEmpty()) {
            doubts.add(table + " is not there, and should have " + expected);
            return;
        }
        String only = kind.get(0).equals("p") ? "" : "ONLY "; // what a dump says of the whole is in its parts
        long found = Long.parseLong(
                PgConnections.column(connection, DOING, "SELECT pg_catalog.count(*) FROM " + only + table)
                        .get(0));
        if (found != expected) {
            doubts.add(table + " has " + found + " instead of " + expected);
        }
    }

    private void countLargeObjects() {
        long found = Long.parseLong(PgConnections.column(
                        connection, DOING, "SELECT pg_catalog.count(*) FROM pg_catalog.pg_largeobject_metadata")
                .get(0));
        if (found != dumped.largeObjects) {
            doubts.add(found + " large objects instead of " + dumped.largeObjects);
        }
    }

    /** Tables that are there, and of which neither the dump's rows nor those of what they are parts of say anything. */
    private List<String> withoutRows() {
        Map<String, Long> rows = dumped.rows;
        return PgConnections.rows(connection, DOING, Sql.text("tables-of-dump")).stream()
                .filter(row -> !rows.containsKey(Sql.name(row.get(0), row.get(1)))
                        && !rows.containsKey(Sql.name(row.get(2), row.get(3))))
                .map(row -> Sql.name(row.get(0), row.get(1)))
                .filter(dumped.tables::contains)
                .toList();
    }
}
