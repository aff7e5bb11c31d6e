package dev.holdfast.cli.scenario;

import dev.holdfast.postgres.testing.PsqlSession;
import dev.holdfast.postgres.testing.TestDatabase;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Somebody who changes a database without end: rows move between tables, and tables come, go, move and are rewritten. Each committed
 * state has a version and is remembered, and in each of them all rows are there, once.
 */
final class DdlStorm implements AutoCloseable {
    /** What is done. */
    enum Kind {
        MOVE,
        TRUNCATE,
        REWRITE,
        COLUMNS,
        RENAME,
        RENAME_SCHEMA,
        CREATE,
        DROP,
        CLUSTER,
        VACUUM_FULL,
        ATTACH,
        DETACH,
        DETACH_CONCURRENTLY,
        INDEX,
        VIEW,
        LABEL
    }

    static final String SETUP = """
            CREATE TABLE ledger (version int); INSERT INTO ledger VALUES (0);
            CREATE TYPE mood AS ENUM ('fine', 'bad'); CREATE TABLE moods AS SELECT 'fine'::mood AS m FROM generate_series(1, 5);
            CREATE SCHEMA live;
            CREATE TABLE live.parted (id bigint, kind int, amount bigint, note text) PARTITION BY LIST (kind);
            DO $$ BEGIN
              FOR i IN 0..3 LOOP
                EXECUTE format('CREATE TABLE live.leaf%s (id bigint, kind int, amount bigint, note text)', i);
                EXECUTE format('INSERT INTO live.leaf%s SELECT %s * 1000 + i, %s, i, ''leaf'' FROM generate_series(1, 50) i', i, i, i);
              END LOOP;
              FOR i IN 0..5 LOOP
                EXECUTE format('CREATE TABLE live.t%s (id bigint PRIMARY KEY, kind int, amount bigint, note text)', i);
                EXECUTE format('INSERT INTO live.t%s SELECT 10000 + %s * 1000 + i, 9, i * 7, repeat(''x'', 100)'
                               ' FROM generate_series(1, 200) i', i, i);
              END LOOP;
            END $$;
            CREATE FUNCTION state() RETURNS text LANGUAGE plpgsql AS $$
            DECLARE t record; told text; total bigint := 0; here bigint; text text := '';
            BEGIN
              FOR t IN SELECT c.oid::regclass AS name FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
                        WHERE relkind = 'r' AND nspname LIKE '%live' ORDER BY nspname, relname LOOP
                EXECUTE format('SELECT coalesce(sum(amount), 0), count(*) || md5(coalesce(string_agg('
                               'concat_ws('':'', id, amount::bigint), '','' ORDER BY id), '''')) FROM ONLY %s', t.name) INTO here, told;
                total := total + here; text := text || ' ' || t.name || '=' || told;
              END LOOP;
              RETURN 'total ' || total || text || ' ' || (SELECT string_agg(m::text, ',') FROM moods);
            END $$;
            """;

    static final String STATE = "SELECT version || '|' || state() FROM ledger";

    private static final String PLAIN =
            "SELECT c.oid::regclass FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
                    + " WHERE relkind = 'r' AND nspname LIKE '%live' AND relname ~ '^t[0-9]+$' ORDER BY nspname, relname";
    private static final String COLUMNS = "(id, kind, amount, note) SELECT id, kind, amount, note FROM ";

    private final PsqlSession session;
    private final Random random;
    private final Map<String, String> states = new TreeMap<>();
    private final Map<Kind, Integer> watched = new EnumMap<>(Kind.class);
    private final Thread thread;
    private volatile boolean watching;
    private volatile boolean over;
    private volatile String failure = "";
    private int made = 6;

    DdlStorm(TestDatabase database, Random random) {
        this.session = new PsqlSession(database);
        this.random = random;
        this.thread = new Thread(this::blow, "ddl-storm");
        session.must("SET lock_timeout = '100ms'");
        remember(session.must(STATE).get(0));
        thread.start();
    }

    /** From now on, or not any more, what happens is counted. */
    void watch(boolean now) {
        watching = now;
    }

    /** Ends it; the states that were committed, by version. */
    Map<String, String> end() throws InterruptedException {
        over = true;
        thread.join();
        if (!failure.isEmpty()) {
            throw new AssertionError(failure);
        }
        return states;
    }

    /** How often each kind was done while it was watched. */
    Map<Kind, Integer> watched() {
        return watched;
    }

    private void remember(String state) {
        states.put(state.substring(0, state.indexOf('|')), state);
    }

    private void blow() {
        try {
            while (!over) {
                Kind kind = random.nextInt(3) == 0 ? Kind.values()[random.nextInt(Kind.values().length)] : Kind.MOVE;
                boolean before = watching;
                if (change(kind) && before && watching) {
                    watched.merge(kind, 1, Integer::sum);
                }
            }
        } catch (RuntimeException | AssertionError e) {
            failure = e.toString();
        }
    }

    private boolean change(Kind kind) {
        List<String> tables = session.must(PLAIN);
        String a = tables.remove(random.nextInt(tables.size()));
        String b = tables.get(random.nextInt(tables.size()));
        String schema = a.substring(0, a.indexOf('.'));
        String leaf = schema + ".leaf" + random.nextInt(4);
        String parted = "ALTER TABLE " + schema + ".parted ";
        String move = "INSERT INTO " + b + COLUMNS + a;
        return switch (kind) {
            case MOVE ->
                commit("WITH gone AS (DELETE FROM " + a + " WHERE id % 7 = " + random.nextInt(7)
                        + " RETURNING *) INSERT INTO " + b + COLUMNS + "gone");
            case TRUNCATE -> commit(move + "; TRUNCATE " + a);
            case REWRITE ->
                commit("ALTER TABLE " + a + " ALTER amount TYPE " + (random.nextBoolean() ? "numeric" : "bigint"));
            case COLUMNS ->
                commit("ALTER TABLE " + a + " DROP note; ALTER TABLE " + a + " ADD note text DEFAULT 'new'");
            case RENAME ->
                commit("ALTER TABLE " + a + " RENAME TO third; ALTER TABLE " + b + " RENAME TO "
                        + a.substring(a.indexOf('.') + 1) + "; ALTER TABLE " + schema + ".third RENAME TO "
                        + b.substring(b.indexOf('.') + 1));
            case RENAME_SCHEMA ->
                commit("ALTER SCHEMA " + schema + " RENAME TO " + (schema.equals("live") ? "alive" : "live"));
            case CREATE -> commit(create(schema + ".t" + made++, a));
            case DROP -> tables.size() > 3 && commit(move + "; DROP TABLE " + a);
            case CLUSTER ->
                commit("DO $$ BEGIN EXECUTE format('CLUSTER " + a + " USING %I', (SELECT c.relname FROM pg_index i"
                        + " JOIN pg_class c ON c.oid = indexrelid WHERE indrelid = '" + a
                        + "'::regclass LIMIT 1)); END $$");
            case VACUUM_FULL -> alone("VACUUM FULL " + a);
            case ATTACH ->
                alone(parted + "ATTACH PARTITION " + leaf + " FOR VALUES IN (" + leaf.substring(leaf.length() - 1)
                        + ")");
            case DETACH -> alone(parted + "DETACH PARTITION " + leaf);
            case DETACH_CONCURRENTLY ->
                alone(parted + "DETACH PARTITION " + leaf + " CONCURRENTLY")
                        || alone(parted + "DETACH PARTITION " + leaf + " FINALIZE");
            case INDEX -> commit("CREATE INDEX ON " + a + " (note)");
            case VIEW ->
                commit("DROP VIEW IF EXISTS " + schema + ".sums; CREATE VIEW " + schema
                        + ".sums AS SELECT sum(amount) FROM " + schema + ".parted");
            case LABEL ->
                commit("ALTER TYPE mood RENAME VALUE 'fine' TO 'good'")
                        || commit("ALTER TYPE mood RENAME VALUE 'good' TO 'fine'");
        };
    }

    private static String create(String name, String from) {
        return "CREATE TABLE " + name + " (id bigint PRIMARY KEY, kind int, amount bigint, note text); INSERT INTO "
                + name + COLUMNS + from + " WHERE id % 2 = 0; DELETE FROM " + from + " WHERE id % 2 = 0";
    }

    /** In a transaction that makes a new version; false when it was not committed. */
    private boolean commit(String change) {
        List<String> lines = session.run("BEGIN; " + change + "; UPDATE ledger SET version = version + 1; " + STATE
                + "; COMMIT; SELECT 'now ' || version FROM ledger");
        String now = lines.get(lines.size() - 1).substring("now ".length());
        String state = lines.get(Math.max(0, lines.size() - 2));
        if (!state.startsWith(now + "|")) {
            return false;
        }
        remember(state);
        return true;
    }

    /** By itself; no row moves. */
    private boolean alone(String change) {
        return session.run(change).stream().noneMatch(line -> line.contains("ERROR:"));
    }

    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        session.close();
    }
}
