package dev.holdfast.postgres.testing.random;

import static dev.holdfast.postgres.testing.random.ValueType.Trait.TOASTABLE;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Ordinary tables, and those that are out of the ordinary. */
final class Tables {
    private final Making making;
    private final Draw draw;
    private final Columns columns;
    private final Rows rows;

    Tables(Making making, Columns columns) {
        this.making = making;
        this.draw = making.draw;
        this.columns = columns;
        this.rows = new Rows(making);
    }

    void make(int count) {
        for (int i = 0; i < count; i++) {
            ordinary();
        }
        if (draw.chance(0.25)) {
            withoutColumns();
        }
        if (draw.chance(0.25)) {
            ofType();
        }
    }

    private void ordinary() {
        String name = making.fresh();
        Names names = making.columns();
        String id = names.fresh();
        List<MadeTable.Column> drawn = new ArrayList<>(columns.columns(names, draw.between(0, 7)));
        List<String> definitions = new ArrayList<>(List.of(columns.id(id)));
        drawn.forEach(column -> definitions.add(columns.definition(column)));
        definitions.addAll(columns.generated(names, drawn));
        // of an unlogged table's identity, pg_dump 15 and later say what PostgreSQL 14 does not understand
        boolean permanent =
                draw.chance(0.85) || (!making.since(15) && definitions.get(0).contains("IDENTITY"));
        if (!permanent) {
            making.script.count(Kind.TABLE_UNLOGGED);
        }
        making.script.add(
                Kind.TABLE,
                "CREATE " + (permanent ? "" : "UNLOGGED ") + "TABLE " + name + " (" + String.join(", ", definitions)
                        + ")" + options());
        making.script.object("TABLE", name);
        drawn.forEach(column -> making.script.object("COLUMN", name + "." + column.name()));
        int count = draw.chance(0.2) ? 0 : draw.between(1, 12);
        if (count == 0) {
            making.script.count(Kind.TABLE_EMPTY);
        }
        rows.insert(name, id, 1, drawn, count);
        change(name, names, drawn);
        int more = count == 0 ? 0 : draw.between(0, 4);
        rows.insert(name, id, count + 1, drawn, more);
        toast(name, id, drawn, count + more);
        making.tables.add(new MadeTable(name, id, List.copyOf(drawn), count + more, permanent));
    }

    private String options() {
        if (draw.chance(0.8)) {
            return "";
        }
        making.script.count(Kind.TABLE_OPTIONS);
        return " WITH (fillfactor = " + draw.between(10, 100) + ", autovacuum_enabled = false)";
    }

    /** Changes of the columns while there are rows. */
    private void change(String table, Names names, List<MadeTable.Column> drawn) {
        if (draw.chance(0.3)) {
            MadeTable.Column added = columns.nullable(names);
            added.type().constant(draw).ifPresent(value -> {
                making.script.add(
                        Kind.COLUMN_FAST_DEFAULT,
                        "ALTER TABLE " + table + " ADD COLUMN " + added.sql() + " DEFAULT " + value);
                if (draw.chance(0.5)) {
                    making.script.add("ALTER TABLE " + table + " ALTER COLUMN " + added.name() + " DROP DEFAULT");
                }
                drawn.add(added);
            });
        }
        if (!drawn.isEmpty() && draw.chance(0.3)) {
            MadeTable.Column dropped = drawn.remove(draw.between(0, drawn.size() - 1));
            making.script.drop(
                    Kind.COLUMN_DROPPED,
                    "ALTER TABLE " + table + " DROP COLUMN " + dropped.name() + " CASCADE",
                    "COLUMN " + table + "." + dropped.name());
        }
        for (MadeTable.Column column : drawn) {
            alter("ALTER TABLE " + table + " ALTER COLUMN " + column.name(), column);
        }
    }

    private void alter(String start, MadeTable.Column column) {
        if (column.type().is(TOASTABLE) && draw.chance(0.3)) {
            making.script.add(Kind.COLUMN_STORAGE, start + " SET STORAGE " + draw.of("EXTERNAL", "MAIN", "EXTENDED"));
        }
        if (column.type().is(TOASTABLE) && draw.chance(0.3)) {
            making.script.add(
                    Kind.COLUMN_COMPRESSION,
                    start + " SET COMPRESSION " + (making.place.lz4() ? draw.of("lz4", "pglz") : "pglz"));
        }
        if (draw.chance(0.1)) {
            making.script.add(Kind.COLUMN_OPTIONS, start + " SET (n_distinct = -0.5)");
            making.script.add(start + " SET STATISTICS " + draw.between(0, 500));
        }
    }

    private void toast(String table, String id, List<MadeTable.Column> drawn, int row) {
        List<MadeTable.Column> texts = drawn.stream()
                .filter(column ->
                        List.of("text", "varchar").contains(column.type().sql()))
                .toList();
        if (!texts.isEmpty() && row > 0 && draw.chance(0.3)) {
            MadeTable.Column column = draw.of(texts);
            making.script.add(
                    Kind.ROWS_TOASTED,
                    "UPDATE " + table + " SET " + column.name() + " = " + Rows.longText(draw) + " WHERE " + id + " = "
                            + row);
            drawn.set(drawn.indexOf(column), new MadeTable.Column(column.name(), column.type(), false));
        }
    }

    private void withoutColumns() {
        String name = making.fresh();
        making.script.add(Kind.TABLE_WITHOUT_COLUMNS, "CREATE TABLE " + name + " ()");
        making.script.object("TABLE", name);
        rows.insert(name, "", 1, List.of(), draw.between(0, 5));
    }

    private void ofType() {
        String type = making.fresh();
        Names names = making.columns();
        String id = names.fresh();
        List<MadeTable.Column> drawn = columns.columns(names, draw.between(0, 3));
        String fields = drawn.stream().map(column -> ", " + column.sql()).collect(Collectors.joining());
        making.script.add("CREATE TYPE " + type + " AS (" + id + " bigint" + fields + ")");
        String name = making.fresh();
        making.script.add(Kind.TABLE_OF_TYPE, "CREATE TABLE " + name + " OF " + type + " (" + id + " PRIMARY KEY)");
        making.script.object("TABLE", name);
        int count = draw.between(0, 5);
        rows.insert(name, id, 1, drawn, count);
    }

    /** As many columns as a table may have; most of them small and empty, as a row has to fit a page. */
    void widest() {
        String name = making.fresh();
        making.script.add(
                Kind.TABLE_OF_1600_COLUMNS,
                "CREATE TABLE " + name + " ("
                        + IntStream.rangeClosed(1, 1600)
                                .mapToObj(i -> "\"c " + i + "\" " + (i % 7 == 0 ? "text" : "int2"))
                                .collect(Collectors.joining(", "))
                        + ")");
        making.script.add("INSERT INTO " + name + " (\"c 1\", \"c 7\", \"c 1600\") VALUES (1, " + making.text()
                + ", 2), (3, NULL, 4)");
        making.script.add("INSERT INTO " + name + " SELECT");
    }

    /** More pages than are read at once. */
    void longest() {
        String name = making.fresh();
        int count = draw.between(600, 1500);
        making.script.add("CREATE TABLE " + name + " (a int, b text, c text) WITH (toast.vacuum_truncate = off)");
        making.script.add("ALTER TABLE " + name + " ALTER COLUMN c SET STORAGE PLAIN");
        making.script.add(
                Kind.TABLE_OF_MANY_PAGES,
                "INSERT INTO " + name + " SELECT g, " + making.text()
                        + ", pg_catalog.repeat('x', 5000) FROM pg_catalog.generate_series(1, " + count + ") AS g");
        making.script.add("DELETE FROM " + name + " WHERE a % 10 = " + draw.between(0, 9));
    }
}
