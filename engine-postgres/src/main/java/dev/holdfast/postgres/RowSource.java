package dev.holdfast.postgres;

import dev.holdfast.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where the rows of a relation stand, so how they are asked for. Kept in a backup's facts: a restored relation is read in the same way. */
sealed interface RowSource
        permits RowSource.Own, RowSource.Unplanned, RowSource.Filtered, RowSource.Leaves, LargeObjectPages {
    /** What stands behind FROM, for rows of the table that also meet the conditions. */
    String from(Table table, List<String> conditions);

    /** What stands behind COPY: a query, unless there is a reason against one. */
    default String copied(Table table, List<String> conditions) {
        return "(SELECT " + Sql.names(table.columns()) + " FROM " + from(table, conditions) + ")";
    }

    /** What is locked while the rows are read: names in SQL. */
    default List<String> locked(Table table) {
        return List.of(table.sqlName());
    }

    /** Whether page ranges of the table can be asked for. */
    default boolean byPages() {
        return false;
    }

    /** Whether the relation is a table that can be emptied and filled in one transaction. */
    default boolean takesFrozenRows() {
        return false;
    }

    /** Why the version fingerprints of its ranges would say nothing, in a few words; empty when they do. */
    default Optional<String> neverCompared() {
        return Optional.of("it is not read range by range");
    }

    /**
     * What stands behind SELECT and the fingerprint of rows: whether some row that is there says something of rows in other ranges, and
     * where the rows come from.
     */
    default String fingerprinted(Table table, List<String> conditions) {
        throw new IllegalStateException("no fingerprint of " + table.displayName());
    }

    /** A query for the table, in SQL, and the ctid of each row, in the order in which {@link #copied} gives the rows. */
    default String placed(Table table, List<String> conditions) {
        return "SELECT " + Sql.value(table.sqlName()) + ", ctid FROM " + from(table, conditions);
    }

    /** Adds to a relation's facts what {@link #of} needs. */
    void addTo(JsonObject facts);

    /** The source that a relation's facts describe. */
    static RowSource of(JsonObject facts) {
        if (facts.has("leaves")) {
            return new Leaves(
                    facts.objects("leaves", leaf -> new Leaves.Leaf(leaf.string("schema"), leaf.string("name"))),
                    facts.has("foreign_leaf"));
        }
        if (facts.has("large_objects")) {
            return LargeObjectPages.of(facts);
        }
        if (facts.has("unplanned")) {
            return new Unplanned();
        }
        return facts.optionalString("filter").<RowSource>map(Filtered::new).orElse(new Own());
    }

    private static String where(List<String> conditions) {
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    /** All rows of an ordinary table, or of a leaf of a partitioned one. */
    record Own() implements RowSource {
        @Override
        public String from(Table table, List<String> conditions) {
            List<String> all = new ArrayList<>(conditions);
            all.add(table.stillNamed());
            return "ONLY " + table.sqlName() + where(all);
        }

        @Override
        public boolean byPages() {
            return true;
        }

        @Override
        public Optional<String> neverCompared() {
            return Optional.empty();
        }

        @Override
        public String fingerprinted(Table table, List<String> conditions) {
            return "false FROM " + from(table, conditions);
        }

        @Override
        public boolean takesFrozenRows() {
            return true;
        }

        @Override
        public void addTo(JsonObject facts) {}
    }

    /**
     * All rows of a table whose indexes or statistics call functions that somebody made. Planning a query on it may run them, with the
     * rights of whoever takes the backup; COPY of the table itself is not planned.
     */
    record Unplanned() implements RowSource {
        @Override
        public Optional<String> neverCompared() {
            return Optional.of("its indexes or statistics call functions that somebody made");
        }

        @Override
        public String copied(Table table, List<String> conditions) {
            return table.withColumns();
        }

        @Override
        public String from(Table table, List<String> conditions) {
            throw new IllegalStateException("no query on " + table.displayName() + " may be planned");
        }

        /** To write rows to the table runs those functions, too. */
        @Override
        public String placed(Table table, List<String> conditions) {
            return new Own().placed(table, conditions);
        }

        @Override
        public boolean takesFrozenRows() {
            return true;
        }

        @Override
        public void addTo(JsonObject facts) {
            facts.put("unplanned", true);
        }
    }

    /**
     * Some rows of a configuration table of an extension.
     *
     * @param clause the extension's own, with WHERE
     */
    record Filtered(String clause) implements RowSource {
        @Override
        public Optional<String> neverCompared() {
            return Optional.of("an extension says which of its rows belong to a backup");
        }

        @Override
        public String from(Table table, List<String> conditions) {
            return "ONLY " + table.sqlName() + " " + clause;
        }

        @Override
        public void addTo(JsonObject facts) {
            facts.put("filter", clause);
        }
    }

    /**
     * The rows of a partitioned table as one. It is partitioned by a hash that each database computes otherwise, so a row may come back in
     * another leaf than it was in: rows go in through the table, and only all leaves together can be compared.
     *
     * @param foreign whether some other leaf is a foreign table, to which rows that go in through the table may be sent
     */
    record Leaves(List<Leaf> leaves, boolean foreign) implements RowSource {
        /** A leaf that is a table of this database. */
        record Leaf(String schema, String name) {
            String sqlName() {
                return Sql.name(schema, name);
            }
        }

        public Leaves {
            leaves = List.copyOf(leaves);
        }

        @Override
        public Optional<String> neverCompared() {
            return Optional.of("its rows belong into other partitions in each database");
        }

        @Override
        public String from(Table table, List<String> conditions) {
            String rows = "SELECT " + Sql.names(table.columns()) + " FROM ";
            return leaves.stream()
                    .map(leaf -> rows + "ONLY " + leaf.sqlName())
                    .collect(Collectors.joining(" UNION ALL ", "(", ") AS leaves"));
        }

        @Override
        public String placed(Table table, List<String> conditions) {
            return leaves.stream()
                    .map(leaf -> "SELECT " + Sql.value(leaf.sqlName()) + ", ctid FROM ONLY " + leaf.sqlName())
                    .collect(Collectors.joining(" UNION ALL "));
        }

        @Override
        public List<String> locked(Table table) {
            return leaves.stream().map(Leaf::sqlName).toList();
        }

        @Override
        public void addTo(JsonObject facts) {
            if (foreign) {
                facts.put("foreign_leaf", true);
            }
            facts.put(
                    "leaves",
                    leaves.stream()
                            .map(leaf -> new JsonObject()
                                    .put("schema", leaf.schema())
                                    .put("name", leaf.name()))
                            .toList());
        }
    }
}
