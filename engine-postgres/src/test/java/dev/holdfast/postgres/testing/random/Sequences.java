package dev.holdfast.postgres.testing.random;

/** Sequences, and the odd places at which they stand. */
final class Sequences {
    private final Making making;
    private final Draw draw;

    Sequences(Making making) {
        this.making = making;
        this.draw = making.draw;
    }

    void make() {
        String name = making.fresh();
        boolean unlogged = making.since(15) && draw.chance(0.3);
        if (unlogged) {
            making.script.count(Kind.SEQUENCE_UNLOGGED);
        }
        making.script.add(
                Kind.SEQUENCE,
                "CREATE " + (unlogged ? "UNLOGGED " : "") + "SEQUENCE " + name + draw.of("", " AS smallint", " AS int")
                        + shape());
        making.script.object("SEQUENCE", name);
        stand(name);
        own(name);
    }

    private String shape() {
        if (draw.chance(0.3)) {
            making.script.count(Kind.SEQUENCE_DESCENDING);
            return " INCREMENT -3 MAXVALUE 100 MINVALUE -100 START 7 CACHE 5";
        }
        if (draw.chance(0.4)) {
            making.script.count(Kind.SEQUENCE_CYCLING);
            return " INCREMENT 7 MINVALUE -10 MAXVALUE 100 CYCLE";
        }
        return " MAXVALUE 100 START " + draw.between(1, 50);
    }

    private void stand(String name) {
        String quoted = Texts.quoted(name);
        switch (draw.between(0, 5)) {
            case 0 -> making.script.add(Kind.SEQUENCE_AT_ITS_END, "SELECT pg_catalog.setval(" + quoted + ", 100)");
            case 1 -> making.script.add(Kind.SEQUENCE_NOT_CALLED, "SELECT pg_catalog.setval(" + quoted + ", 5, false)");
            case 2 -> {
                making.script.add("SELECT pg_catalog.nextval(" + quoted + ") FROM pg_catalog.generate_series(1, 3)");
                making.script.add(Kind.SEQUENCE_RESTARTED, "ALTER SEQUENCE " + name + " RESTART 33");
            }
            case 3 -> making.script.add("SELECT pg_catalog.nextval(" + quoted + ")");
            default -> {}
        }
    }

    private void own(String name) {
        if (!making.tables.isEmpty() && draw.chance(0.5)) {
            MadeTable table = making.table();
            making.script.add(
                    Kind.SEQUENCE_OWNED, "ALTER SEQUENCE " + name + " OWNED BY " + table.name() + "." + table.id());
        }
    }
}
