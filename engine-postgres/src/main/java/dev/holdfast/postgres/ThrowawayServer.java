package dev.holdfast.postgres;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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
 * process dies: a shell around it waits for the end of its input, which this process holds open. Where that was killed, too, the next
 * server that is started sees to it.
 */
public final class ThrowawayServer implements AutoCloseable {
    /** The superuser; it needs no password. */
    public static final String USER = "postgres";

    /** A word on the input keeps the server; the end of the input ends it. A terminal's signals are for us: they must end neither. */
    private static final String WATCH = """
            trap '' INT HUP QUIT
            folder=$1; shift
            command -v setsid >/dev/null && set -- setsid "$@"
            "$@" </dev/null >>"$folder/log" 2>&1 & server=$!
            read -r word && [ "$word" = keep ] && exit
            kill -INT $server 2>/dev/null; wait $server; rm -rf "$folder"
            """;

    private static final String ON_TCP = "127.0.0.1";
    private static final int START_TRIES = 600;
    private static final long START_PAUSE_MILLIS = 50;

    private final Path folder;
    private final int port;
    private final boolean isPrivate;
    private final Process process;

    private ThrowawayServer(Path folder, int port, boolean isPrivate, Process process) {
        this.folder = folder;
        this.port = port;
        this.isPrivate = isPrivate;
        this.process = process;
    }

    /**
     * Makes and starts a server that everybody on this host can reach, by TCP too.
     *
     * @param programs the folder of {@code initdb} and {@code postgres}
     * @param settings of postgresql.conf
     */
    public static ThrowawayServer start(Path programs, Map<String, String> settings) {
        return start(programs, settings, false);
    }

    /** The same, but reached only by its socket, and by nobody else: for what others must not see. */
    static ThrowawayServer startPrivate(Path programs, Map<String, String> settings) {
        return start(programs, settings, true);
    }

    private static ThrowawayServer start(Path programs, Map<String, String> settings, boolean isPrivate) {
        try {
            Path folder = Files.createTempDirectory(
                    PrivateFolder.beginning("server", ProcessHandle.current().pid()));
            LeftServers.remove(folder.resolveSibling(""));
            try {
                return start(programs, settings, folder, isPrivate);
            } catch (IOException | RuntimeException e) {
                PrivateFolder.remove(folder);
                throw e;
            }
        } catch (IOException e) {
            throw new HoldfastException(ErrorCode.PROGRAM_FAILED, "starting a throw-away server: " + e.getMessage(), e);
        }
    }

    private static ThrowawayServer start(Path programs, Map<String, String> settings, Path folder, boolean isPrivate)
            throws IOException {
        List<String> asUser = List.of();
        if (isRoot()) {
            String user = unprivilegedUser();
            asUser = List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups", "--");
            Files.setOwner(
                    folder,
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
        }
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            String rights = isPrivate ? "rwx------" : "rwxr-xr-x";
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(rights));
        }
        initialize(programs, folder, asUser);
        int port = freePort();
        Map<String, String> all = new HashMap<>(Map.of(
                "listen_addresses", isPrivate ? "" : ON_TCP,
                "port", String.valueOf(port),
                "unix_socket_directories", folder.toString()));
        all.putAll(settings);
        Process process = launch(programs, folder, asUser, all);
        var server = new ThrowawayServer(folder, port, isPrivate, process);
        server.awaitReady();
        return server;
    }

    private static boolean isRoot() throws IOException {
        Path self = Path.of("/proc/self");
        return Files.exists(self) && Files.getOwner(self).getName().equals("root");
    }

    /** Whether our servers run as that user: when we are root. */
    static boolean isServersUser(String user) throws IOException {
        return isRoot() && user.equals(unprivilegedUser());
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

    private static Process launch(Path programs, Path folder, List<String> asUser, Map<String, String> settings)
            throws IOException {
        List<String> command = new ArrayList<>(asUser);
        command.addAll(List.of("sh", "-c", WATCH, "holdfast-server", folder.toString()));
        command.addAll(List.of(
                programs.resolve("postgres").toString(),
                "-D",
                folder.resolve("data").toString()));
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
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

    /** A database of the server: by TCP, unless it is private. */
    public String url(String database) {
        return isPrivate
                ? socketUrl(database)
                : "postgresql://" + USER + "@" + ON_TCP + ":" + port + "/" + encoded(database);
    }

    /** A name as it stands in a URL. */
    static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A database of the server by its socket. */
    public String socketUrl(String database) {
        return "postgresql://" + USER + "@/" + encoded(database) + "?host=" + encoded(folder.toString()) + "&port="
                + port;
    }

    public int port() {
        return port;
    }

    /** Where its data, its socket and its log are. */
    public Path folder() {
        return folder;
    }

    /** From now on neither close nor the end of this process removes it; that is for people to do. */
    void keep() {
        try (var input = process.getOutputStream()) {
            Files.createFile(folder.resolve(LeftServers.KEPT));
            input.write("keep\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new HoldfastException(
                    ErrorCode.PROGRAM_FAILED, "keeping the throw-away server: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            if (!Files.exists(folder.resolve(LeftServers.KEPT)) && Files.exists(folder)) {
                PrivateFolder.remove(folder);
            }
        } catch (IOException | UncheckedIOException e) {
            process.destroyForcibly(); // the next one removes what is left
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
