package dev.holdfast.postgres.testing;

import dev.holdfast.testing.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A PgBouncer in front of a server. The test closes it. */
public final class TestPooler implements AutoCloseable {
    private static final int START_TRIES = 600;

    private final TestServer server;
    private final Path folder;
    private final int port;
    private final Process process;

    private TestPooler(TestServer server, Path folder, int port, Process process) {
        this.server = server;
        this.folder = folder;
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
            Path folder = Files.createTempDirectory("holdfast-pooler-");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path file = folder.resolve("users");
            Files.writeString(file, users);
            int port = freePort();
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
            var pooler = new TestPooler(server, folder, port, launch(folder, configuration));
            pooler.awaitReady();
            return pooler;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** It refuses root, and must not outlive the tests. */
    private static Process launch(Path folder, Path configuration) throws IOException {
        List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig=KILL"));
        if (Files.isReadable(Path.of("/etc/shadow"))) {
            command.addAll(List.of("--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        command.addAll(List.of("pgbouncer", configuration.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private void awaitReady() throws IOException {
        List<String> ask = List.of(server.program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", String.valueOf(port));
        for (int i = 0; i < START_TRIES && process.isAlive(); i++) {
            if (Programs.run(ask).exit() == 0) {
                return;
            }
        }
        throw new AssertionError("pgbouncer did not start: " + Files.readString(folder.resolve("log")));
    }

    /** A database through it. */
    public String url(String user, String database) {
        return "postgresql://" + user + "@127.0.0.1:" + port + "/" + TestDatabase.escaped(database);
    }

    @Override
    public void close() {
        try {
            process.destroy();
            process.waitFor();
            for (String name : List.of("users", "pgbouncer.ini", "log")) {
                Files.deleteIfExists(folder.resolve(name));
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
