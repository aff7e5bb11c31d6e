package dev.holdfast.postgres;

import dev.holdfast.engine.SmallTables;
import dev.holdfast.engine.TableHeading;
import dev.holdfast.error.HoldfastException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;

/** The tables of a moment, read at its snapshot over the lead's connection. */
final class PostgresTables implements SmallTables {
    private final Connection lead;
    private final List<Table> tables;

    PostgresTables(Moment moment) {
        this.lead = moment.lead();
        this.tables = moment.tables().stream()
                .filter(table -> table.source() instanceof RowSource.Own)
                .toList();
    }

    @Override
    public List<TableHeading> headings() {
        return tables.stream()
                .map(table -> new TableHeading(table.displayName(), table.schema(), table.name(), table.columns()))
                .toList();
    }

    @Override
    public List<Map<String, String>> rows(TableHeading heading, List<String> columns, int most) {
        Table table = tables.stream()
                .filter(each ->
                        each.schema().equals(heading.schema()) && each.name().equals(heading.name()))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(heading.label()));
        // an error would end the transaction, and with it the moment
        PgConnections.execute(lead, "reading " + heading.label(), "SAVEPOINT holdfast_look");
        try {
            List<Map<String, String>> rows = read(table, columns, most);
            PgConnections.execute(lead, "reading " + heading.label(), "RELEASE SAVEPOINT holdfast_look");
            return rows;
        } catch (HoldfastException e) {
            PgConnections.execute(lead, "after: " + e.getMessage(), "ROLLBACK TO SAVEPOINT holdfast_look");
            throw e;
        }
    }

    private List<Map<String, String>> read(Table table, List<String> columns, int most) {
        String cells = columns.stream().map(PostgresTables::cell).collect(Collectors.joining(", "));
        String sql =
                "SELECT " + cells + " FROM (" + table.with(columns).query(Table.whole()) + " LIMIT " + most + ") AS t";
        List<Map<String, String>> rows = new ArrayList<>();
        try (var statement = lead.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                Map<String, String> values = new HashMap<>();
                for (int i = 0; i < columns.size(); i++) {
                    String value = row.getString(i + 1);
                    if (value != null) {
                        values.put(columns.get(i), value);
                    }
                }
                rows.add(values);
            }
        } catch (SQLException e) {
            throw PgErrors.of("reading " + table.displayName(), e);
        }
        return rows;
    }

    /** By {@code format}, since a cast may be a function of the database's owner, and would run with our rights. */
    private static String cell(String column) {
        String name = Sql.name(column);
        return "CASE WHEN " + name + " IS NOT NULL THEN pg_catalog.left(pg_catalog.format('%s', " + name + "), "
                + LONGEST_VALUE + ") END";
    }
}
