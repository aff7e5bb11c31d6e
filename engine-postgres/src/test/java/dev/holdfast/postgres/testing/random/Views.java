package dev.holdfast.postgres.testing.random;

/** Views, materialized ones with and without rows, and rules. */
final class Views {
    private final Making making;
    private final Draw draw;

    Views(Making making) {
        this.making = making;
        this.draw = making.draw;
    }

    void make() {
        for (MadeTable table : making.tables) {
            if (draw.chance(0.4)) {
                view(table);
            }
            if (draw.chance(0.3)) {
                materialized(table);
            }
            if (draw.chance(0.2)) {
                rule(table);
            }
        }
        if (draw.chance(0.3)) {
            recursive();
        }
        if (draw.chance(0.3)) {
            ofFunction();
        }
    }

    private String columns(MadeTable table) {
        var columns = new StringBuilder(table.id());
        table.columns().forEach(column -> columns.append(", ").append(column.name()));
        return columns.toString();
    }

    private void view(MadeTable table) {
        String name = making.fresh();
        String options = "";
        if (draw.chance(0.4)) {
            making.script.count(Kind.VIEW_OPTIONS);
            options = making.since(15) ? " WITH (security_invoker, security_barrier)" : " WITH (security_barrier)";
        }
        making.script.add(
                Kind.VIEW,
                "CREATE VIEW " + name + options + " AS SELECT " + columns(table) + " FROM " + table.name() + " WHERE "
                        + table.id() + " > 1" + draw.of("", " WITH CASCADED CHECK OPTION"));
        making.script.object("VIEW", name);
        if (draw.chance(0.3)) {
            making.script.add("ALTER VIEW " + name + " ALTER COLUMN " + table.id() + " SET DEFAULT 7");
        }
    }

    private void recursive() {
        String name = making.bare();
        making.script.add(
                Kind.VIEW_RECURSIVE,
                "CREATE RECURSIVE VIEW " + making.in(name) + " (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM " + name
                        + " WHERE n < 5");
    }

    private void materialized(MadeTable table) {
        String name = making.fresh();
        boolean filled = draw.chance(0.7);
        making.script.add(
                filled ? Kind.MATERIALIZED_VIEW : Kind.MATERIALIZED_VIEW_EMPTY,
                "CREATE MATERIALIZED VIEW " + name + draw.of("", " WITH (fillfactor = 50)") + " AS SELECT "
                        + columns(table) + " FROM " + table.name() + (filled ? "" : " WITH NO DATA"));
        making.script.object("MATERIALIZED VIEW", name);
        making.script.add("CREATE UNIQUE INDEX " + making.bare() + " ON " + name + " (" + table.id() + ")");
        if (filled && draw.chance(0.5)) {
            String view = making.fresh();
            making.script.add("CREATE VIEW " + view + " AS SELECT * FROM " + name);
            making.script.add(
                    Kind.MATERIALIZED_VIEW_OF_ANOTHER,
                    "CREATE MATERIALIZED VIEW " + making.fresh() + " AS SELECT pg_catalog.count(*) AS n FROM " + view);
        }
    }

    private void ofFunction() {
        String function = making.fresh();
        String from = making.tables.isEmpty()
                ? "pg_catalog.generate_series(1, 3)"
                : making.table().name();
        making.script.add("CREATE FUNCTION " + function
                + "() RETURNS bigint LANGUAGE plpgsql STABLE AS $f$ BEGIN RETURN (SELECT count(*) FROM " + from
                + "); END $f$");
        making.script.add(
                Kind.MATERIALIZED_VIEW_OF_FUNCTION,
                "CREATE MATERIALIZED VIEW " + making.fresh() + " AS SELECT " + function + "() AS n");
    }

    private void rule(MadeTable table) {
        String name = making.bare();
        making.script.add(
                Kind.RULE,
                "CREATE RULE " + name + " AS ON " + draw.of("INSERT", "DELETE") + " TO " + table.name() + " WHERE "
                        + making.text() + " = 'x' DO " + draw.of("ALSO", "INSTEAD") + " NOTHING");
        making.script.object("RULE", name + " ON " + table.name());
        if (draw.chance(0.3)) {
            making.script.add("ALTER TABLE " + table.name() + " "
                    + draw.of("DISABLE", "ENABLE ALWAYS", "ENABLE REPLICA") + " RULE " + name);
        }
    }
}
