package dev.holdfast.postgres.testing.random;

/** Triggers, at tables and at the whole database. */
final class Triggers {
    private final Making making;
    private final Draw draw;

    Triggers(Making making) {
        this.making = making;
        this.draw = making.draw;
    }

    void make() {
        for (MadeTable table : making.tables) {
            if (draw.chance(0.3)) {
                trigger(table);
            }
        }
    }

    /** One that would lose or refuse every row, were it to fire while rows are restored. */
    private void trigger(MadeTable table) {
        String function = making.fresh();
        making.script.add("CREATE FUNCTION " + function + "() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN "
                + draw.of("RETURN NULL;", "RAISE 'no row of yours';") + " END $f$");
        String name = making.bare();
        String call = " EXECUTE FUNCTION " + function + "(" + making.text() + ", " + making.text() + ")";
        if (draw.chance(0.3)) {
            making.script.add(
                    Kind.TRIGGER_CONSTRAINT,
                    "CREATE CONSTRAINT TRIGGER " + name + " AFTER INSERT OR UPDATE ON " + table.name()
                            + draw.of("", " DEFERRABLE INITIALLY DEFERRED") + " FOR EACH ROW" + call);
        } else {
            making.script.add(
                    Kind.TRIGGER,
                    "CREATE TRIGGER " + name + " "
                            + draw.of(
                                    "BEFORE INSERT ON " + table.name() + " FOR EACH ROW WHEN (NEW." + table.id()
                                            + " > 0)",
                                    "BEFORE UPDATE OF " + table.id() + " ON " + table.name() + " FOR EACH ROW",
                                    "AFTER INSERT ON " + table.name()
                                            + " REFERENCING NEW TABLE AS added FOR EACH STATEMENT",
                                    "BEFORE TRUNCATE OR INSERT ON " + table.name() + " FOR EACH STATEMENT")
                            + call);
        }
        making.script.object("TRIGGER", name + " ON " + table.name());
        String alter = "ALTER TABLE " + table.name() + " ";
        switch (draw.between(0, 5)) {
            case 0, 1 -> making.script.add(Kind.TRIGGER_ALWAYS, alter + "ENABLE ALWAYS TRIGGER " + name);
            case 2 -> making.script.add(Kind.TRIGGER_REPLICA, alter + "ENABLE REPLICA TRIGGER " + name);
            case 3 -> making.script.add(Kind.TRIGGER_DISABLED, alter + "DISABLE TRIGGER " + name);
            default -> {}
        }
    }

    /** At the whole database; it refuses what comes after it, so it is made last. */
    void event(Names databaseNames) {
        String function = making.fresh();
        making.script.add("CREATE FUNCTION " + function
                + "() RETURNS event_trigger LANGUAGE plpgsql AS $f$ BEGIN RAISE 'no DDL of yours'; END $f$");
        String name = databaseNames.fresh();
        making.afterAll(
                Kind.EVENT_TRIGGER,
                "CREATE EVENT TRIGGER " + name
                        + " ON ddl_command_start WHEN TAG IN ('CREATE TABLE', 'CREATE INDEX', 'REFRESH MATERIALIZED VIEW') EXECUTE FUNCTION "
                        + function + "(); COMMENT ON EVENT TRIGGER " + name + " IS " + making.text());
    }
}
