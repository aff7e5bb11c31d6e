package dev.holdfast.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Says which tables of a database are read. */
@FunctionalInterface
interface TableChoice {
    /** The tables as the connection's snapshot shows them, sorted by name; their sizes are not known yet. */
    List<Table> tables(Connection lead);

    /** All that belong to a backup. */
    static List<Table> all(Connection lead) {
        List<Table> tables = new ArrayList<>();
        try (var statement = lead.createStatement();
                ResultSet row = statement.executeQuery(Sql.text("relations"))) {
            while (row.next()) {
                boolean heap = row.getString("access_method").equals("heap");
                tables.add(new Table(
                        row.getLong("oid"),
                        row.getString("nspname"),
                        row.getString("relname"),
                        source(row),
                        texts(row, "columns"),
                        texts(row, "key"),
                        new Table.Layout(row.getLong("relfilenode"), heap, 0, 0)));
            }
        } catch (SQLException e) {
            throw PgErrors.of("listing tables", e);
        }
        LargeObjects.table(lead).ifPresent(tables::add);
        return tables;
    }

    private static RowSource source(ResultSet row) throws SQLException {
        String filter = row.getString("filter");
        List<String> schemas = texts(row, "leaf_schemas");
        List<String> names = texts(row, "leaf_names");
        if (!names.isEmpty()) {
            List<RowSource.Leaves.Leaf> leaves = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                leaves.add(new RowSource.Leaves.Leaf(schemas.get(i), names.get(i)));
            }
            return new RowSource.Leaves(leaves, row.getBoolean("has_foreign_leaf"));
        }
        if (!filter.isEmpty()) {
            return new RowSource.Filtered(filter);
        }
        return row.getBoolean("plans_run_code") ? new RowSource.Unplanned() : new RowSource.Own();
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return Arrays.asList((String[]) row.getArray(column).getArray());
    }

    /** The tables of that name, with the wanted columns in the wanted order, whatever order they have here. */
    static TableChoice named(List<Table> wanted) {
        return lead -> {
            List<Table> chosen = new ArrayList<>();
            for (Table table : all(lead)) {
                wanted.stream()
                        .filter(other -> other.schema().equals(table.schema())
                                && other.name().equals(table.name()))
                        .findFirst()
                        .ifPresent(other -> chosen.add(new Table(
                                table.oid(),
                                table.schema(),
                                table.name(),
                                table.source() instanceof RowSource.Leaves ? table.source() : other.source(),
                                other.columns(),
                                table.key(),
                                table.layout())));
            }
            return chosen;
        };
    }
}
