package dev.holdfast.postgres.testing;

import dev.holdfast.testing.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A PgBouncer in front of a server. The test closes it. */
public final class TestPooler implements AutoCloseable {
    private final TestServer server;
    private final int port;
    private final TestProcess process;

    private TestPooler(TestServer server, int port, TestProcess process) {
        this.server = server;
        this.port = port;
        this.process = process;
    }

    /** Whether PgBouncer is here; if not, that is printed. */
    public static boolean isHere() {
        return Programs.isHere("pgbouncer", "poolers");
    }

    /**
     * Starts one with a configuration as it comes, but for what is given.
     *
     * @param users lines of its file of users and passwords
     */
    public static TestPooler start(TestServer server, Map<String, String> settings, String users) {
        try {
            Path folder = TestProcess.folder("pooler");
            Path file = folder.resolve("users");
            Files.writeString(file, users);
            int port = TestProcess.freePort();
            var all = new HashMap<>(Map.of(
                    "listen_addr", "127.0.0.1",
                    "listen_port", String.valueOf(port),
                    "unix_socket_dir", "",
                    "auth_file", file.toString(),
                    "auth_type", "trust"));
            all.putAll(settings);
            var text = new StringBuilder(
                    "[databases]\n* = host=127.0.0.1 port=" + server.server().port() + "\n[pgbouncer]\n");
            all.forEach((name, value) ->
                    text.append(name).append(" = ").append(value).append('\n'));
            Path configuration = folder.resolve("pgbouncer.ini");
            Files.writeString(configuration, text);
            var pooler = new TestPooler(
                    server, port, TestProcess.start(folder, List.of("pgbouncer", configuration.toString())));
            pooler.awaitReady();
            return pooler;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        List<String> ask = List.of(server.program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", String.valueOf(port));
        process.await("pgbouncer", () -> Programs.run(ask).exit() == 0);
    }

    /** A database through it. */
    public String url(String user, String database) {
        return "postgresql://" + user + "@127.0.0.1:" + port + "/" + TestDatabase.escaped(database);
    }

    @Override
    public void close() {
        process.close();
    }
}
