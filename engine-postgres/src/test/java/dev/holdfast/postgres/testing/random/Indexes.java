package dev.holdfast.postgres.testing.random;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Indexes of every kind and method, and what refers to them. */
final class Indexes {
    /** Methods other than btree, by the types that they can take. */
    private static final Map<String, String> METHODS = Map.ofEntries(
            Map.entry("jsonb", "gin"),
            Map.entry("tsvector", "gin"),
            Map.entry("int4[]", "gin"),
            Map.entry("text[]", "gin"),
            Map.entry("point", "gist"),
            Map.entry("box", "gist"),
            Map.entry("circle", "gist"),
            Map.entry("int4range", "gist"),
            Map.entry("tsquery", "gist"),
            Map.entry("int4", "brin"),
            Map.entry("timestamptz", "brin"),
            Map.entry("uuid", "hash"),
            Map.entry("bytea", "hash"),
            Map.entry("inet", "spgist"));

    private final Making making;
    private final Draw draw;

    Indexes(Making making) {
        this.making = making;
        this.draw = making.draw;
    }

    void make() {
        for (MadeTable table : making.tables) {
            some(table);
            if (draw.chance(0.2)) {
                refer(table);
            }
            if (!table.ordered().isEmpty() && draw.chance(0.3)) {
                statistics(table);
            }
        }
    }

    private void add(Kind kind, String before, MadeTable table, String rest) {
        String name = making.bare();
        making.script.add(kind, "CREATE " + before + "INDEX " + name + " ON " + table.name() + " " + rest);
        making.script.object("INDEX", making.in(name));
    }

    private void some(MadeTable table) {
        if (draw.chance(0.3)) {
            add(Kind.INDEX_OF_EXPRESSION, "UNIQUE ", table, "((" + table.id() + " * 2 + 1) DESC NULLS LAST)");
        }
        if (draw.chance(0.3)) {
            add(
                    Kind.INDEX_PARTIAL,
                    "",
                    table,
                    "(" + table.id() + ") WHERE " + table.id() + " <> 3 AND " + making.text() + " <> 'x'");
        }
        if (!table.ordered().isEmpty() && draw.chance(0.3)) {
            add(
                    Kind.INDEX_INCLUDING,
                    "UNIQUE ",
                    table,
                    "(" + table.id() + ") INCLUDE (" + draw.of(table.ordered()).name() + ")");
        }
        if (!table.ordered().isEmpty() && draw.chance(0.3)) {
            add(
                    Kind.INDEX_OPTIONS,
                    "",
                    table,
                    "(" + draw.of(table.ordered()).name() + " NULLS FIRST, " + table.id()
                            + ") WITH (fillfactor = 60, deduplicate_items = off)");
        }
        for (MadeTable.Column column : table.columns()) {
            Optional.ofNullable(METHODS.get(column.type().sql()))
                    .filter(method -> draw.chance(0.7))
                    .ifPresent(method -> add(
                            Kind.INDEX_OF_ANOTHER_METHOD, "", table, "USING " + method + " (" + column.name() + ")"));
        }
    }

    private void refer(MadeTable table) {
        String name = making.bare();
        making.script.add("CREATE UNIQUE INDEX " + name + " ON " + table.name() + " (" + table.id() + ")");
        making.script.add(
                Kind.REPLICA_IDENTITY,
                "ALTER TABLE " + table.name() + " REPLICA IDENTITY "
                        + draw.of("FULL", "NOTHING", "USING INDEX " + name));
        if (draw.chance(0.5)) {
            making.script.add(Kind.CLUSTER_ON, "ALTER TABLE " + table.name() + " CLUSTER ON " + name);
        }
    }

    private void statistics(MadeTable table) {
        String name = making.fresh();
        List<MadeTable.Column> ordered = table.ordered();
        String what = draw.of(
                "(ndistinct, mcv) ON " + table.id() + ", " + draw.of(ordered).name(),
                "ON " + table.id() + ", (" + table.id() + " % 3)",
                "(dependencies) ON " + table.id() + ", " + draw.of(ordered).name());
        making.script.add(Kind.STATISTICS, "CREATE STATISTICS " + name + " " + what + " FROM " + table.name());
        making.script.add("ALTER STATISTICS " + name + " SET STATISTICS " + draw.between(1, 300));
        making.script.object("STATISTICS", name);
    }
}
