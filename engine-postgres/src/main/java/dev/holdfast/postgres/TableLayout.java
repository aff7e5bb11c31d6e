package dev.holdfast.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How tables lie on disk, asked under the lock. */
final class TableLayout {
    private TableLayout() {}

    /** The tables with their sizes; one whose file is not the snapshot's any more has moved. */
    static List<Table> measure(Connection lead, List<Table> tables) {
        String query = String.format(Sql.text("layout"), Table.oids(tables));
        Map<Long, Table.Layout> now = new HashMap<>();
        try (var statement = lead.createStatement()) {
            long pageSize = pageSize(lead);
            try (ResultSet row = statement.executeQuery(query)) {
                while (row.next()) {
                    long pages = (row.getLong(3) + pageSize - 1) / pageSize;
                    now.put(row.getLong(1), new Table.Layout(row.getLong(2), true, pages, row.getLong(4)));
                }
            }
        } catch (SQLException e) {
            throw PgErrors.of("measuring tables", e);
        }
        List<Table> measured = new ArrayList<>();
        for (Table table : tables) {
            Table.Layout layout = now.get(table.oid());
            if (layout == null || layout.file() != table.layout().file()) {
                throw new Moment.MovedException(table.displayName());
            }
            measured.add(
                    table.with(new Table.Layout(layout.file(), table.layout().heap(), layout.pages(), layout.bytes())));
        }
        return measured;
    }

    private static long pageSize(Connection lead) throws SQLException {
        try (var statement = lead.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.current_setting('block_size')")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Whether a page range of the table is read as one, and not by going over the whole table each time. */
    static boolean readsByRange(Connection lead, Table table, long pagesInRange) {
        if (!table.canBeCut(pagesInRange)) {
            return false;
        }
        String query = table.query(table.ranges(pagesInRange).get(0));
        try (var statement = lead.createStatement();
                ResultSet row = statement.executeQuery("EXPLAIN (COSTS OFF) " + query)) {
            return row.next() && row.getString(1).startsWith("Tid Range Scan");
        } catch (SQLException e) {
            throw PgErrors.of("planning to read " + table.displayName(), e);
        }
    }
}
