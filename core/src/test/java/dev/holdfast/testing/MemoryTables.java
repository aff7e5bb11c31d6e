package dev.holdfast.testing;

import dev.holdfast.engine.SmallTables;
import dev.holdfast.engine.TableHeading;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tables with columns, in memory; some of them nobody may read. Filled and read by one thread. */
public final class MemoryTables implements SmallTables {
    private final Map<TableHeading, List<Map<String, String>>> tables = new LinkedHashMap<>();
    private final Map<String, ErrorCode> refused = new TreeMap<>();
    private int rowsGiven;

    /**
     * Adds a table with its rows.
     *
     * @param columns with commas between
     * @param rows the values with commas between; an empty one is null
     */
    public MemoryTables with(String schema, String name, String columns, String... rows) {
        List<String> names = List.of(columns.split(",", -1));
        List<Map<String, String>> filled = new ArrayList<>();
        for (String row : rows) {
            String[] values = row.split(",", -1);
            Map<String, String> cells = new TreeMap<>();
            for (int i = 0; i < names.size(); i++) {
                if (!values[i].isEmpty()) {
                    cells.put(names.get(i), values[i]);
                }
            }
            filled.add(cells);
        }
        tables.put(new TableHeading(schema + "." + name, schema, name, names), filled);
        return this;
    }

    /** From now on reading a table fails. */
    public void refuse(String label, ErrorCode code) {
        refused.put(label, code);
    }

    /** How many rows were given out so far. */
    public int rowsGiven() {
        return rowsGiven;
    }

    @Override
    public List<TableHeading> headings() {
        return List.copyOf(tables.keySet());
    }

    @Override
    public List<Map<String, String>> rows(TableHeading table, List<String> columns, int most) {
        ErrorCode refusal = refused.get(table.label());
        if (refusal != null) {
            throw new HoldfastException(refusal, "reading " + table.label() + ": refused");
        }
        List<Map<String, String>> given = new ArrayList<>();
        for (Map<String, String> row :
                tables.getOrDefault(table, List.of()).stream().limit(most).toList()) {
            Map<String, String> chosen = new TreeMap<>(row);
            chosen.keySet().retainAll(columns);
            given.add(chosen);
        }
        rowsGiven += given.size();
        return given;
    }
}
