package dev.holdfast.postgres.testing.random;

import java.util.List;

/** Keys, checks and foreign keys, also those that the rows break. */
final class Constraints {
    private final Making making;
    private final Draw draw;

    Constraints(Making making) {
        this.making = making;
        this.draw = making.draw;
    }

    void make() {
        making.tables.forEach(this::keys);
        if (!making.tables.isEmpty()) {
            foreignKeys();
        }
        // after the foreign keys, whose rows are updated: that would be refused by a check that is not valid
        for (MadeTable table : making.tables) {
            if (draw.chance(0.5)) {
                checks(table);
            }
        }
        if (draw.chance(0.3)) {
            exclusion();
        }
    }

    private void add(Kind kind, MadeTable table, String constraint) {
        String name = making.bare();
        making.script.add(kind, "ALTER TABLE " + table.name() + " ADD CONSTRAINT " + name + " " + constraint);
        making.script.object("CONSTRAINT", name + " ON " + table.name());
    }

    private void keys(MadeTable table) {
        add(Kind.PRIMARY_KEY, table, "PRIMARY KEY (" + table.id() + ")" + draw.of("", " WITH (fillfactor = 77)"));
        List<MadeTable.Column> ordered = table.ordered();
        if (draw.chance(0.3)) {
            String including =
                    ordered.isEmpty() ? "" : " INCLUDE (" + draw.of(ordered).name() + ")";
            add(
                    Kind.KEY_DEFERRABLE,
                    table,
                    "UNIQUE (" + table.id() + ")" + including + " DEFERRABLE INITIALLY DEFERRED");
        }
        if (making.since(15) && !ordered.isEmpty() && draw.chance(0.3)) {
            add(
                    Kind.UNIQUE_NULLS_NOT_DISTINCT,
                    table,
                    "UNIQUE NULLS NOT DISTINCT (" + table.id() + ", "
                            + draw.of(ordered).name() + ")");
        }
    }

    private void checks(MadeTable table) {
        String column = table.columns().isEmpty()
                ? table.id()
                : draw.of(table.columns()).name();
        add(
                Kind.CHECK,
                table,
                "CHECK (" + column + " IS NULL OR " + column + " IS NOT NULL OR " + table.id() + " > 0)"
                        + draw.of("", " NO INHERIT"));
        if (draw.chance(0.4)) {
            add(Kind.CHECK_NOT_VALID, table, "CHECK (" + table.id() + " > 1000000) NOT VALID");
        }
    }

    private void foreignKeys() {
        MadeTable one = making.table();
        MadeTable other = making.table();
        if (draw.chance(0.5)) {
            foreignKey(one, one, Kind.FOREIGN_KEY_TO_ITSELF);
        }
        if (draw.chance(0.5)) {
            foreignKey(one, other, Kind.FOREIGN_KEY);
        }
        if (!one.equals(other) && draw.chance(0.5)) {
            foreignKey(one, other, Kind.FOREIGN_KEY);
            foreignKey(other, one, Kind.FOREIGN_KEYS_IN_A_CIRCLE);
        }
    }

    /** A new column that points into another table, or nowhere where the constraint is not to look. */
    private void foreignKey(MadeTable from, MadeTable to, Kind kind) {
        if (from.permanent() && !to.permanent()) {
            return; // refused by the server
        }
        String column = "\"refers " + draw.hex(8) + "\"";
        making.script.add("ALTER TABLE " + from.name() + " ADD COLUMN " + column + " bigint");
        boolean notValid = draw.chance(0.2);
        String target = notValid ? "-5" : "(SELECT pg_catalog.min(" + to.id() + ") FROM " + to.name() + ")";
        making.script.add(
                "UPDATE " + from.name() + " SET " + column + " = " + target + " WHERE " + from.id() + " % 2 = 0");
        String how = draw.of("", " MATCH FULL", " ON DELETE CASCADE ON UPDATE SET NULL", " ON DELETE RESTRICT");
        if (making.since(15) && draw.chance(0.2)) {
            how = " ON DELETE SET NULL (" + column + ")";
        }
        if (draw.chance(0.3)) {
            making.script.count(Kind.FOREIGN_KEY_DEFERRABLE);
            how += draw.of(" DEFERRABLE", " DEFERRABLE INITIALLY DEFERRED");
        }
        if (notValid) {
            making.script.count(Kind.FOREIGN_KEY_NOT_VALID);
            how += " NOT VALID";
        }
        add(kind, from, "FOREIGN KEY (" + column + ") REFERENCES " + to.name() + " (" + to.id() + ")" + how);
    }

    private void exclusion() {
        String name = making.fresh();
        making.script.add(
                Kind.EXCLUSION,
                "CREATE TABLE " + name + " (a int4range, b int, CONSTRAINT " + making.bare()
                        + " EXCLUDE USING gist (a WITH &&) WHERE (b > 0) DEFERRABLE, CONSTRAINT " + making.bare()
                        + " EXCLUDE USING btree (b WITH =))");
        making.script.add("INSERT INTO " + name + " VALUES ('[1,3)', 1), ('[3,5)', 2), ('[1,9)', -1), (NULL, NULL)");
    }
}
