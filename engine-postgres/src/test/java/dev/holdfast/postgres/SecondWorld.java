package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.postgres.testing.PsqlSession;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A database to which things happen, and three sessions in which they do. The owner closes it, and with it the server. */
final class SecondWorld implements AutoCloseable {
    private static final Map<String, String> SETTINGS = Map.of(
            "fsync",
            "off",
            "autovacuum",
            "off",
            "max_prepared_transactions",
            "5",
            "synchronous_commit",
            "off",
            "wal_writer_delay",
            "10s",
            "bgwriter_lru_maxpages",
            "0");
    private static final List<String> NOT_NOW = List.of("lock timeout", "query string argument of EXECUTE is null");

    private final TestServer server;
    final TestDatabase database;
    final Random random;
    private final List<PsqlSession> sessions = new ArrayList<>();
    private final List<Runnable> afterTheBackup = new ArrayList<>();
    private int number;

    /** A world on a server of its own, which ends with it. */
    SecondWorld(int major, Random random) {
        this.server = server(major);
        this.database = server.fresh();
        this.random = random;
        database.must("CREATE ROLE " + role());
        connect();
        sessions.get(0).must(filled(text("world")));
    }

    /** A server that may be stopped and started, and that brings commits to its disk late. */
    static TestServer server(int major) {
        TestServer server = TestServers.another(major, SETTINGS);
        SETTINGS.forEach((name, value) -> server.must("postgres", "ALTER SYSTEM SET " + name + " = '" + value + "'"));
        return server;
    }

    TestServer server() {
        return server;
    }

    static String text(String file) {
        try (InputStream in = SecondWorld.class.getResourceAsStream("second/" + file + ".sql")) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String role() {
        return "role_" + database.name();
    }

    void disconnect() {
        sessions.forEach(PsqlSession::close);
        sessions.clear();
    }

    /** Opens the sessions anew, after a server that ended them. */
    void connect() {
        disconnect();
        for (int i = 0; i < 3; i++) {
            var session = new PsqlSession(database);
            session.must("SET lock_timeout = '300ms'");
            session.must("SET client_min_messages = error");
            sessions.add(session);
        }
    }

    PsqlSession session(int which) {
        return sessions.get(which);
    }

    /** SQL in which what stands for chance is drawn. */
    String filled(String sql) {
        return sql.replace("$any", random.nextBoolean() ? "a" : "b")
                .replace("$few", String.valueOf(1 + random.nextInt(5)))
                .replace("$new", String.valueOf(++number))
                .replace("$role", role());
    }

    /** Runs SQL in one of the sessions; false, and the transaction is undone, when something held now is in its way. */
    boolean run(int session, String sql) {
        List<String> errors = sessions.get(session).run(sql).stream()
                .filter(line -> line.contains("ERROR:"))
                .toList();
        if (errors.isEmpty()) {
            return true;
        }
        if (NOT_NOW.stream().noneMatch(errors.get(0)::contains)) {
            throw new AssertionError(errors + "\n" + sql);
        }
        sessions.get(session).run("ROLLBACK");
        return false;
    }

    /** Something that is done once the next backup was taken. */
    void afterTheBackup(Runnable action) {
        afterTheBackup.add(action);
    }

    void backupWasTaken() {
        afterTheBackup.forEach(Runnable::run);
        afterTheBackup.clear();
    }

    @Override
    public void close() {
        disconnect();
        server.close();
    }
}
