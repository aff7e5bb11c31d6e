package dev.holdfast.bench;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The databases that are worked on: each made when it is first wanted, always the same. */
final class Databases {
    static final String LARGE = "large";
    static final String SMALL = "small";
    static final String WIDE = "wide";

    /** The scale that the bars are about; a smaller one shrinks every database in proportion. */
    static final int FULL_SCALE = 40;

    static final int ACCOUNTS_PER_SCALE = 100_000;
    static final int DOCUMENTS_PER_SCALE = 50_000;

    private static final long SEED = 20_260_101;
    private static final int SMALL_TABLES = 414;
    private static final long SMALL_BYTES = 60_300_000;
    private static final int WIDEST = 64 << 20;

    private final BenchServer server;
    private final int scale;
    private final Set<String> made = new HashSet<>();

    Databases(BenchServer server, int scale) {
        this.server = server;
        this.scale = scale;
    }

    int scale() {
        return scale;
    }

    /** Room that a database takes, roughly, and what the works put beside it. */
    static long roomFor(String database, int scale) {
        double share = Math.min(1.0, (double) scale / FULL_SCALE);
        return switch (database) {
            case LARGE -> (long) (12e9 * scale / FULL_SCALE) + 500_000_000;
            case SMALL -> (long) (1.5e9 * share) + 500_000_000;
            case WIDE -> (long) (4e9 * share) + 500_000_000;
            default -> 0;
        };
    }

    /** pgbench's tables with keys, and JSON documents. */
    String large() {
        return ready(LARGE, () -> {
            server.sql(LARGE, Branches.statements(scale).toArray(String[]::new));
            server.sql(
                    LARGE,
                    "CREATE TABLE documents (id integer NOT NULL, customer integer NOT NULL,"
                            + " created timestamptz NOT NULL, body jsonb NOT NULL)");
            server.script(LARGE, new Documents(SEED, scale * DOCUMENTS_PER_SCALE));
            server.sql(
                    LARGE,
                    "ALTER TABLE documents ADD PRIMARY KEY (id)",
                    "CREATE INDEX documents_customer ON documents (customer)");
        });
    }

    /** Many small tables. */
    String small() {
        double share = Math.min(1.0, (double) scale / FULL_SCALE);
        int tables = Math.max(3, (int) (SMALL_TABLES * share));
        return ready(SMALL, () -> server.script(SMALL, new SmallTables(SEED, tables, (long) (SMALL_BYTES * share))));
    }

    /** Few rows, the longest of them 64 MB. */
    String wide() {
        int widest = (int) (WIDEST * Math.min(1.0, (double) scale / FULL_SCALE));
        return ready(WIDE, () -> {
            List<String> statements = new ArrayList<>(List.of(
                    "CREATE TABLE wide_text (id integer PRIMARY KEY, body text)",
                    "CREATE TABLE wide_bytes (id integer PRIMARY KEY, body bytea)"));
            for (int row = 0; row < 7; row++) {
                int length = widest >> (row / 2 * 2); // two of each length: both workers meet one
                String digits = "FROM generate_series(1, " + Math.max(1, length / 32) + ") i";
                statements.add("INSERT INTO wide_text SELECT " + row + ", string_agg(md5(i::text || 'x" + row
                        + "'), '') " + digits);
                statements.add("INSERT INTO wide_bytes SELECT " + row + ", decode(string_agg(md5(i::text || 'y" + row
                        + "') || md5(i::text || 'z" + row + "'), ''), 'hex') " + digits);
            }
            server.sql(WIDE, statements.toArray(String[]::new));
        });
    }

    private String ready(String database, Runnable fill) {
        if (made.add(database)) {
            server.create(database);
            fill.run();
            server.sql(database, "VACUUM (ANALYZE)", "CHECKPOINT");
        }
        return database;
    }
}
