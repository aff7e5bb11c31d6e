package dev.holdfast.postgres.testing.random;

/** Owners, grants, policies and what is granted by default. */
final class Rights {
    private final Making making;
    private final Draw draw;

    Rights(Making making) {
        this.making = making;
        this.draw = making.draw;
    }

    void make() {
        making.script.add("GRANT USAGE, CREATE ON SCHEMA " + making.schema + " TO " + String.join(", ", Making.ROLES));
        if (draw.chance(0.3)) {
            byDefault();
        }
        for (MadeTable table : making.tables) {
            if (draw.chance(0.3)) {
                grants(table);
            }
            if (draw.chance(0.2)) {
                policies(table);
            }
            if (draw.chance(0.2)) {
                making.script.add(Kind.OWNER, "ALTER TABLE " + table.name() + " OWNER TO " + making.role());
            }
        }
    }

    private void byDefault() {
        making.script.add(
                Kind.DEFAULT_PRIVILEGES,
                "ALTER DEFAULT PRIVILEGES FOR ROLE " + making.role() + draw.of("", " IN SCHEMA " + making.schema)
                        + " GRANT "
                        + draw.of("SELECT ON TABLES", "EXECUTE ON FUNCTIONS", "USAGE ON SEQUENCES", "USAGE ON TYPES")
                        + " TO "
                        + draw.of("PUBLIC", making.role()));
    }

    private void grants(MadeTable table) {
        String one = Making.ROLES.get(0);
        String other = Making.ROLES.get(1);
        making.script.add(
                Kind.GRANT,
                "GRANT " + draw.of("ALL", "SELECT, TRUNCATE") + " ON " + table.name() + " TO "
                        + draw.of("PUBLIC", other));
        making.script.add(
                Kind.GRANT_OF_COLUMNS,
                "GRANT SELECT (" + table.id() + "), UPDATE (" + table.id() + ") ON " + table.name() + " TO " + one);
        if (draw.chance(0.5)) {
            making.script.add(
                    Kind.GRANT_WITH_OPTION, "GRANT SELECT ON " + table.name() + " TO " + one + " WITH GRANT OPTION");
            making.script.add("SET SESSION AUTHORIZATION " + one);
            making.script.add("GRANT SELECT ON " + table.name() + " TO " + other);
            making.script.add("RESET SESSION AUTHORIZATION");
        }
        if (draw.chance(0.3)) {
            making.script.add("REVOKE ALL ON " + table.name() + " FROM CURRENT_USER CASCADE");
        }
    }

    private void policies(MadeTable table) {
        String name = making.bare();
        making.script.add("ALTER TABLE " + table.name() + " " + draw.of("ENABLE", "FORCE") + " ROW LEVEL SECURITY");
        making.script.add(
                Kind.POLICY,
                "CREATE POLICY " + name + " ON " + table.name() + draw.of("", " AS RESTRICTIVE") + " FOR ALL TO "
                        + draw.of("PUBLIC", making.role()) + " USING (" + table.id() + " % 2 = 0) WITH CHECK ("
                        + making.text() + " <> CURRENT_USER)");
        making.script.object("POLICY", name + " ON " + table.name());
    }
}
