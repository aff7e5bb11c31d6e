package dev.holdfast.postgres.testing.random;

/** What is elsewhere: wrappers, servers, mappings of users, and tables of theirs. */
final class Foreign {
    private final Making making;
    private final Draw draw;
    private final Names databaseNames;
    private final boolean files;
    private String server = "";

    /**
     * @param databaseNames for what belongs to the whole database
     * @param files whether there is the extension file_fdw, with a server of the same name
     */
    Foreign(Making making, Names databaseNames, boolean files) {
        this.making = making;
        this.draw = making.draw;
        this.databaseNames = databaseNames;
        this.files = files;
    }

    /** A wrapper that nothing stands behind. */
    void make() {
        String wrapper = databaseNames.fresh();
        making.script.add(
                Kind.FOREIGN_WRAPPER,
                "CREATE FOREIGN DATA WRAPPER " + wrapper + " OPTIONS (\"a b\" " + making.text() + ")");
        making.script.object("FOREIGN DATA WRAPPER", wrapper);
        server = databaseNames.fresh();
        making.script.add(
                Kind.FOREIGN_SERVER,
                "CREATE SERVER " + server + " TYPE " + some() + " VERSION " + some() + " FOREIGN DATA WRAPPER "
                        + wrapper + " OPTIONS (host " + making.text() + ")");
        making.script.object("SERVER", server);
        making.script.add(
                Kind.USER_MAPPING,
                "CREATE USER MAPPING FOR " + draw.of("PUBLIC", making.role()) + " SERVER " + server
                        + " OPTIONS (\"user\" " + making.text() + ", password " + making.text() + ")");
        making.script.add("GRANT USAGE ON FOREIGN SERVER " + server + " TO " + making.role());
        String table = making.fresh();
        Names names = making.columns();
        making.script.add(
                Kind.FOREIGN_TABLE,
                "CREATE FOREIGN TABLE " + table + " (" + names.fresh() + " "
                        + draw.of(making.types).sql() + " OPTIONS (c " + making.text() + "), " + names.fresh()
                        + " int NOT NULL CHECK (true)) SERVER " + server + " OPTIONS (t " + making.text() + ")");
        making.script.object("FOREIGN TABLE", table);
    }

    /** A text that is not empty: pg_dump takes an empty type or version for none. */
    private String some() {
        return Texts.quoted("v" + making.texts.text(draw));
    }

    /** A leaf of a partitioned table that is elsewhere; false when there is no elsewhere. */
    boolean leaf(String parent, String bounds) {
        if (files && draw.chance(0.5)) {
            making.script.add(
                    Kind.PARTITION_FOREIGN,
                    "CREATE FOREIGN TABLE " + making.fresh() + " PARTITION OF " + parent + " " + bounds
                            + " SERVER file_fdw OPTIONS (filename '/dev/null', format 'csv')");
            return true;
        }
        if (!server.isEmpty()) {
            making.script.add(
                    Kind.PARTITION_FOREIGN_WITHOUT_HANDLER,
                    "CREATE FOREIGN TABLE " + making.fresh() + " PARTITION OF " + parent + " " + bounds + " SERVER "
                            + server);
            return true;
        }
        return false;
    }
}
