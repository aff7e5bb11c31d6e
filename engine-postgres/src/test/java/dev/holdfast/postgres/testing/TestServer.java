package dev.holdfast.postgres.testing;

import dev.holdfast.postgres.ThrowawayServer;
import dev.holdfast.testing.Programs;
import dev.holdfast.testing.Seeds;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A running server and its own programs. Safe for several threads.
 *
 * @param programs the folder of psql, pg_dump and the like, of the server's version
 */
public record TestServer(int major, Path programs, ThrowawayServer server) implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** A new, empty database with a name that no other has. */
    public TestDatabase fresh() {
        return create("test_" + NUMBER.incrementAndGet());
    }

    /** A new, empty database of that name. */
    public TestDatabase create(String name) {
        administer("CREATE DATABASE " + quoted(name));
        return database(name);
    }

    /** A database that is there, or will be. */
    public TestDatabase database(String name) {
        return new TestDatabase(this, name);
    }

    /** The names of the databases that are there, the server's own ones apart. */
    public List<String> databases() {
        return administer(
                "SELECT datname FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres' ORDER BY 1");
    }

    /** Makes, drops and lists databases: so often that servers which all tests share have a session open for it. */
    List<String> administer(String sql) {
        Optional<PsqlSession> open = TestServers.sessionOf(this);
        if (open.isEmpty()) {
            return must("postgres", sql).lines().toList();
        }
        synchronized (open.get()) {
            return open.get().must(sql);
        }
    }

    /** Runs SQL with psql, each statement by itself; what it printed, unaligned and without titles. Any error fails the test. */
    public String must(String database, String sql) {
        Programs.Result result = psql(database, sql);
        if (result.exit() != 0) {
            throw new AssertionError("psql in " + database + ": " + result.errors() + "\n" + sql);
        }
        return result.text().stripTrailing();
    }

    /** Runs SQL with psql until the first error. */
    public Programs.Result psql(String database, String sql) {
        try {
            Path file = Files.createTempFile("holdfast-sql", "");
            try {
                Files.writeString(file, sql);
                List<String> command = List.of(
                        program("psql"), "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", url(database), "-f", file.toString());
                return Programs.run(command);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The path of one of the server's programs. */
    public String program(String name) {
        return programs.resolve(name).toString();
    }

    /** A database of the server by TCP; the name is escaped. */
    public String url(String database) {
        return server.url(database);
    }

    /** What Holdfast needs to find the programs of this server's version. */
    public Map<String, String> environment() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Map.of("HOLDFAST_POSTGRES_BIN", programs.toString(), "PATH", programs + File.pathSeparator + path);
    }

    /** Writes so much to the log that a backup is not near the newest one any more. */
    public void writeMuchLog() {
        must(
                "postgres",
                "DO $$ BEGIN FOR i IN 1..17 LOOP PERFORM pg_logical_emit_message(false, 'a', 'b'); PERFORM pg_switch_wal();"
                        + " END LOOP; END $$");
    }

    /** Stops the server as a power cut would, and waits until it is down. Only for a server of the test's own. */
    public void crash() {
        must(control("stop", "-m", "immediate"));
    }

    /** Stops the server in good order, whoever is connected. Only for a server of the test's own. */
    public void stop() {
        must(control("stop", "-m", "fast"));
    }

    /** Starts the server again after it was stopped; of its settings those remain that stand in its folder. */
    public void startAgain() {
        startAgain("C");
    }

    /** The same, with messages in a language, if it has them; for a server whose {@code lc_messages} is not plain C. */
    public void startAgain(String language) {
        must(controlIn(
                language,
                "start",
                "-l",
                server.folder().resolve("log").toString(),
                "-o",
                "-p " + server.port() + " -k " + server.folder()));
    }

    /** Whether {@link #resetLog} is possible; if not, that is printed. Servers that come without all their programs lack it. */
    public boolean canResetLog() {
        boolean can = Files.isExecutable(Path.of(program("pg_resetwal")));
        if (!can) {
            Seeds.print("NOT TESTED, since pg_resetwal is not here: what needs it on " + this);
        }
        return can;
    }

    /** Runs pg_resetwal on the stopped server. */
    public void resetLog(String... arguments) {
        must(onData("C", "pg_resetwal", List.of(arguments)));
    }

    private static void must(Programs.Result result) {
        if (result.exit() != 0) {
            throw new AssertionError("pg_ctl or pg_resetwal: " + result.errors() + result.text());
        }
    }

    private Programs.Result control(String... arguments) {
        return controlIn("C", arguments);
    }

    private Programs.Result controlIn(String language, String... arguments) {
        List<String> all = new ArrayList<>(List.of("-w"));
        all.addAll(List.of(arguments));
        return onData(language, "pg_ctl", all);
    }

    private Programs.Result onData(String language, String program, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "LANGUAGE=" + language,
                program(program),
                "-D",
                server.folder().resolve("data").toString()));
        command.addAll(arguments);
        return Programs.run(TestProcess.unprivileged(command));
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    @Override
    public void close() {
        control("stop", "-m", "immediate"); // it may be one that was started again
        server.close();
    }

    @Override
    public String toString() {
        return "PostgreSQL " + major;
    }
}
