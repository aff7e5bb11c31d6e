package dev.holdfast.postgres;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server of our own in a temporary folder, reached by TCP on the loopback address and by a socket in that folder. When run
 * as root it runs as an unprivileged user, since PostgreSQL refuses root. It ends, and its folder goes, with {@link #close}, or when this
 * process dies: a shell around it waits for the end of its input, which this process holds open.
 */
public final class ThrowawayServer implements AutoCloseable {
    /** The superuser; it needs no password. */
    public static final String USER = "postgres";

    private static final String WATCH = "folder=$1; shift; \"$@\" </dev/null >>\"$folder/log\" 2>&1 & server=$!\n"
            + "cat >/dev/null; kill -INT $server 2>/dev/null; wait $server; rm -rf \"$folder\"";
    private static final int START_TRIES = 600;
    private static final long START_PAUSE_MILLIS = 50;

    private final Path folder;
    private final int port;
    private final Process process;

    private ThrowawayServer(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /**
     * Makes and starts a server.
     *
     * @param programs the folder of {@code initdb} and {@code postgres}
     * @param settings of postgresql.conf
     */
    public static ThrowawayServer start(Path programs, Map<String, String> settings) {
        try {
            Path folder = Files.createTempDirectory("holdfast-server-");
            try {
                return start(programs, settings, folder);
            } catch (IOException | RuntimeException e) {
                PrivateFolder.remove(folder);
                throw e;
            }
        } catch (IOException e) {
            throw new HoldfastException(ErrorCode.PROGRAM_FAILED, "starting a throw-away server: " + e.getMessage(), e);
        }
    }

    private static ThrowawayServer start(Path programs, Map<String, String> settings, Path folder) throws IOException {
        List<String> asUser = List.of();
        if (isRoot()) {
            String user = unprivilegedUser();
            asUser = List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups", "--");
            Files.setOwner(
                    folder,
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
        }
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        initialize(programs, folder, asUser);
        int port = freePort();
        Process process = launch(programs, folder, port, asUser, settings);
        var server = new ThrowawayServer(folder, port, process);
        server.awaitReady();
        return server;
    }

    private static boolean isRoot() throws IOException {
        Path self = Path.of("/proc/self");
        return Files.exists(self) && Files.getOwner(self).getName().equals("root");
    }

    /** PostgreSQL's own user where its packages made one, else the one that owns nothing. */
    private static String unprivilegedUser() throws IOException {
        List<String> users = Files.readAllLines(Path.of("/etc/passwd"));
        return users.stream().anyMatch(line -> line.startsWith(USER + ":")) ? USER : "nobody";
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void initialize(Path programs, Path folder, List<String> asUser) {
        List<String> command = new ArrayList<>(asUser);
        command.addAll(List.of(
                programs.resolve("initdb").toString(),
                "--pgdata=" + folder.resolve("data"),
                "--username=" + USER,
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync"));
        ChildProcess.Result result = ChildProcess.run(command, Map.of());
        if (result.exitCode() != 0) {
            throw ChildProcess.failed("making a throw-away server", result);
        }
    }

    private static Process launch(
            Path programs, Path folder, int port, List<String> asUser, Map<String, String> settings)
            throws IOException {
        Map<String, String> all = new HashMap<>(Map.of(
                "listen_addresses", "127.0.0.1",
                "port", String.valueOf(port),
                "unix_socket_directories", folder.toString()));
        all.putAll(settings);
        List<String> command = new ArrayList<>(asUser);
        command.addAll(List.of("sh", "-c", WATCH, "holdfast-server", folder.toString()));
        command.addAll(List.of(
                programs.resolve("postgres").toString(),
                "-D",
                folder.resolve("data").toString()));
        all.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(variable -> !ChildProcess.HANDED_ON.contains(variable));
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        return builder.start();
    }

    private void awaitReady() {
        try {
            for (int i = 0; i < START_TRIES && process.isAlive(); i++) {
                if (answers()) {
                    return;
                }
                Thread.sleep(START_PAUSE_MILLIS);
            }
            String log = Files.exists(folder.resolve("log")) ? Files.readString(folder.resolve("log")) : "";
            close();
            throw new HoldfastException(ErrorCode.PROGRAM_FAILED, "a throw-away server did not start: " + log.strip());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new HoldfastException(ErrorCode.INTERRUPTED, "interrupted", e);
        } catch (IOException e) {
            close();
            throw new HoldfastException(ErrorCode.PROGRAM_FAILED, "a throw-away server did not start", e);
        }
    }

    private boolean answers() {
        try {
            PgConnections.abort(new PgConnections(PgAddress.of(url("postgres"), Map.of())).open());
            return true;
        } catch (HoldfastException e) {
            return false;
        }
    }

    /** A database of the server by TCP. */
    public String url(String database) {
        return "postgresql://" + USER + "@127.0.0.1:" + port + "/" + database;
    }

    /** A database of the server by its socket. */
    public String socketUrl(String database) {
        return "postgresql://" + USER + "@/" + database + "?host=" + folder + "&port=" + port;
    }

    public int port() {
        return port;
    }

    /** Where its data, its socket and its log are. */
    public Path folder() {
        return folder;
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
