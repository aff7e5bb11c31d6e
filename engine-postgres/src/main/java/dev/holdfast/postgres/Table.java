package dev.holdfast.postgres;

import dev.holdfast.engine.Relation;
import dev.holdfast.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A relation whose rows are read: a table, or a leaf of a partitioned one.
 *
 * @param columns in the order in which rows are written; generated ones are not among them
 * @param key the columns of the primary key, in its order; empty when there is none
 */
record Table(
        long oid, String schema, String name, RowSource source, List<String> columns, List<String> key, Layout layout) {
    /**
     * How the rows lie on disk.
     *
     * @param file the relfilenode of the snapshot
     * @param heap whether it is an ordinary heap, which can be read by page ranges
     * @param pages of the heap
     * @param bytes heap and TOAST
     */
    record Layout(long file, boolean heap, long pages, long bytes) {}

    /** About 4 MB of heap, in pages of 8 kB. */
    static final long PAGES_IN_RANGE = 512;

    private static final long MOST_RANGES = 16_000;

    /** What the server says when a table's name is another one's. */
    static final String RENAMED = "the name means another table";

    /** The numbers of tables, as an array in SQL. */
    static String oids(List<Table> tables) {
        return tables.stream()
                .map(table -> String.valueOf(table.oid))
                .collect(Collectors.joining(",", "'{", "}'::pg_catalog.oid[]"));
    }

    String sqlName() {
        return Sql.name(schema, name);
    }

    /** The name and the columns, as COPY takes them; a table without columns has no list of them. */
    String withColumns() {
        return columns.isEmpty() ? sqlName() : sqlName() + " (" + Sql.names(columns) + ")";
    }

    /** A name for people that no other table has. */
    String displayName() {
        return displayName(schema, name);
    }

    /** A table's name for people. */
    static String displayName(String schema, String name) {
        return plain(schema) + "." + plain(name);
    }

    private static String plain(String part) {
        return part.matches("[a-z_][a-z0-9_$]*") ? part : Sql.name(part);
    }

    Table with(Layout other) {
        return new Table(oid, schema, name, source, columns, key, other);
    }

    /** The same with only some of its columns, or in another order. */
    Table with(List<String> chosen) {
        return new Table(oid, schema, name, source, chosen, key, layout);
    }

    JsonObject facts() {
        var facts = new JsonObject()
                .put("oid", oid)
                .put("schema", schema)
                .put("name", name)
                .put("columns", columns)
                .put("key", key)
                .put("file", layout.file);
        source.addTo(facts);
        return facts;
    }

    /** The table that a backup's facts describe; its layout is not known. */
    static Table of(JsonObject facts) {
        return new Table(
                facts.count("oid"),
                facts.string("schema"),
                facts.string("name"),
                RowSource.of(facts),
                facts.strings("columns"),
                facts.has("key") ? facts.strings("key") : List.of(),
                new Layout(0, false, 0, 0));
    }

    /** The table as a relation of which nothing is compared. */
    Relation relation(boolean byRanges) {
        return relation(facts(), byRanges, usualStep(PAGES_IN_RANGE), Optional.of("there is nothing to compare with"));
    }

    /**
     * The table as a relation.
     *
     * @param facts those of the table, and more
     * @param step of how many pages each range is
     */
    Relation relation(JsonObject facts, boolean byRanges, long step, Optional<String> readInFull) {
        if (!byRanges) {
            return new Relation(displayName(), facts, layout.bytes, List.of(whole()), readInFull);
        }
        return new Relation(displayName(), facts.put("range_pages", step), layout.bytes, ranges(step), readInFull);
    }

    /** Whether the table has more pages than a range, and can be cut. */
    boolean canBeCut(long pagesInRange) {
        return layout.heap && source.byPages() && layout.pages > pagesInRange;
    }

    /** The range that is all of a table. */
    static JsonObject whole() {
        return new JsonObject().put("whole", true);
    }

    /** Of how many pages each range is, unless an earlier backup decided it: more than the least only where it would be too many ranges. */
    long usualStep(long least) {
        long step = least;
        while (layout.pages / step > MOST_RANGES) {
            step *= 2;
        }
        return step;
    }

    /** Runs of pages, their size a power of two; the last one is open, so that nothing can lie behind it. */
    List<JsonObject> ranges(long step) {
        List<JsonObject> ranges = new ArrayList<>();
        for (long from = 0; from < layout.pages; from += step) {
            var range = new JsonObject().put("from", from);
            ranges.add(from + step < layout.pages ? range.put("to", from + step) : range);
        }
        return ranges;
    }

    /**
     * A condition that costs nothing while the name means this table, and fails the query when it means another one. A lock does not keep
     * a name: the table's schema may be renamed at any time.
     */
    String stillNamed() {
        return "CASE WHEN " + Sql.value(sqlName()) + "::pg_catalog.regclass::pg_catalog.oid = " + oid
                + " THEN true ELSE " + Sql.value(RENAMED) + "::pg_catalog.text::pg_catalog.bool END";
    }

    /** What stands behind COPY for a range; an error that tells {@link #RENAMED} when a query's name means another table by now. */
    String copied(JsonObject range) {
        return source.copied(this, conditions(range));
    }

    /** The query whose rows are a range. */
    String query(JsonObject range) {
        return "SELECT " + Sql.names(columns) + " FROM " + source.from(this, conditions(range));
    }

    /** What holds of a range's rows. */
    static List<String> conditions(JsonObject range) {
        List<String> conditions = new ArrayList<>();
        if (range.has("from")) {
            conditions.add("ctid >= '(" + range.count("from") + ",0)'");
        }
        if (range.has("to")) {
            conditions.add("ctid < '(" + range.count("to") + ",0)'");
        }
        return conditions;
    }
}
