package dev.holdfast.postgres;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The large objects of a database, beside their pages: which there are, whose they are, and what makes them again. */
final class LargeObjects {
    /** Pieces of a backup that has any. */
    static final String MAKE = "large-objects.sql";

    static final String RIGHTS = "large-object-rights.sql";
    private static final String DOING = "looking at large objects";

    private LargeObjects() {}

    /** How many a snapshot shows. */
    static long count(Connection lead) {
        return Long.parseLong(facts(lead).get(0));
    }

    /** Count, whether the catalog may be read, bytes of a page, oid and file of the catalog. */
    private static List<String> facts(Connection lead) {
        return PgConnections.rows(lead, DOING, Sql.text("large-objects")).get(0);
    }

    /** Their pages as a relation, if there are any; an error that names the owners when some may not be read. */
    static Optional<Table> table(Connection lead) {
        List<String> facts = facts(lead);
        return facts.get(0).equals("0") ? Optional.empty() : Optional.of(table(lead, facts));
    }

    /** The tables, and the pages of large objects also where there are none. */
    static List<Table> withPages(Connection lead, List<Table> tables) {
        if (areAmong(tables)) {
            return tables;
        }
        List<Table> all = new ArrayList<>(tables);
        all.add(table(lead, facts(lead)));
        return all;
    }

    private static Table table(Connection lead, List<String> facts) {
        var way = LargeObjectPages.Way.STORED;
        if (facts.get(1).equals("f")) {
            way = LargeObjectPages.Way.ASKED_FOR;
            refuseDenied(lead);
        }
        var source = new LargeObjectPages(way, Long.parseLong(facts.get(2)));
        var layout = new Table.Layout(Long.parseLong(facts.get(4)), true, 0, 0);
        return new Table(
                Long.parseLong(facts.get(3)),
                "pg_catalog",
                "pg_largeobject",
                source,
                LargeObjectPages.COLUMNS,
                LargeObjectPages.KEY,
                layout);
    }

    /** Whether the role may write to the catalogs of large objects themselves, and lock them: a superuser. */
    static boolean areWritable(Connection connection) {
        return PgConnections.column(
                        connection,
                        DOING,
                        "SELECT pg_catalog.has_table_privilege('" + LargeObjectPages.CATALOG + "', 'DELETE')")
                .equals(List.of("t"));
    }

    /** Deletes the pages that do not count; says how many. */
    static long deleteEmptyPages(Connection connection) {
        return Long.parseLong(
                PgConnections.column(connection, "looking at large objects", LargeObjectPages.DELETE_EMPTY)
                        .get(0));
    }

    private static void refuseDenied(Connection lead) {
        List<List<String>> denied = PgConnections.rows(lead, DOING, Sql.text("large-objects-denied"));
        if (!denied.isEmpty()) {
            List<String> owners = denied.stream()
                    .map(row -> row.get(1) + " of role " + row.get(0) + ", such as " + row.get(2))
                    .toList();
            throw new HoldfastException(ErrorCode.DENIED, "large objects may not be read: " + String.join("; ", owners))
                    .withHint("GRANT pg_read_all_data TO <role>, or GRANT SELECT ON LARGE OBJECT <number>");
        }
    }

    /** Whether pages of large objects are among what is read. */
    static boolean areAmong(List<Table> tables) {
        return tables.stream().anyMatch(table -> table.source() instanceof LargeObjectPages);
    }

    /** The pieces by their names, of a database that has any. */
    static Map<String, String> statements(Connection lead) {
        return Map.of(MAKE, lines(lead, "large-objects-make"), RIGHTS, lines(lead, "large-objects-rights"));
    }

    private static String lines(Connection lead, String query) {
        return String.join("\n", PgConnections.column(lead, DOING, Sql.text(query))) + "\n";
    }
}
