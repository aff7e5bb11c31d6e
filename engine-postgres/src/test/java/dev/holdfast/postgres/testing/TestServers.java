package dev.holdfast.postgres.testing;

import dev.holdfast.postgres.PgPrograms;
import dev.holdfast.postgres.ThrowawayServer;
import dev.holdfast.testing.Programs;
import dev.holdfast.testing.Seeds;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The servers that tests run on: one for each PostgreSQL major of this machine, started when first asked for and ended with the process.
 * {@code HOLDFAST_TEST_POSTGRES} names the folders of the programs, with colons between; unset, the usual places are searched.
 * {@code HOLDFAST_TEST_REQUIRE="15 18"} makes a missing major an error. Safe for several threads.
 */
public final class TestServers {
    /** The majors that are supported, and so ought to be tested. */
    private static final List<Integer> SUPPORTED = List.of(14, 15, 16, 17, 18);

    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");
    private static final Map<String, String> SETTINGS = Map.of(
            "fsync", "off",
            "full_page_writes", "off",
            "shared_buffers", "32MB",
            "max_connections", "60",
            "max_wal_size", "256MB",
            "autovacuum", "off");
    private static final Map<Integer, Path> FOUND = find();
    private static final Map<Integer, TestServer> RUNNING = new TreeMap<>();
    private static final Map<TestServer, PsqlSession> SESSIONS = new HashMap<>();

    private TestServers() {}

    /** The folders of the programs by major. */
    private static Map<Integer, Path> find() {
        Map<Integer, Path> found = new TreeMap<>();
        String told = System.getenv().getOrDefault("HOLDFAST_TEST_POSTGRES", "");
        if (told.isBlank()) {
            found.putAll(new PgPrograms(System.getenv()).serverFolders());
        } else {
            for (String folder : told.split(Pattern.quote(File.pathSeparator), -1)) {
                found.put(major(Path.of(folder)), Path.of(folder));
            }
        }
        List<Integer> missing =
                SUPPORTED.stream().filter(major -> !found.containsKey(major)).toList();
        if (!missing.isEmpty()) {
            Seeds.print("NOT TESTED, since its programs are not here: PostgreSQL " + missing);
        }
        List<Integer> required = required();
        if (!found.keySet().containsAll(required) || found.isEmpty()) {
            throw new IllegalStateException(
                    "tests need the programs (initdb, postgres, psql, pg_dump ...) of PostgreSQL "
                            + (required.isEmpty() ? "14 or later" : required) + "; found: " + found
                            + ". Name their folders in HOLDFAST_TEST_POSTGRES");
        }
        return found;
    }

    private static int major(Path folder) {
        String printed = Programs.run(List.of(folder.resolve("postgres").toString(), "--version"))
                .text();
        Matcher version = VERSION.matcher(printed);
        if (!version.find()) {
            throw new IllegalStateException("HOLDFAST_TEST_POSTGRES: no PostgreSQL in " + folder);
        }
        return Integer.parseInt(version.group(1));
    }

    private static List<Integer> required() {
        String asked = System.getenv().getOrDefault("HOLDFAST_TEST_REQUIRE", "").trim();
        return asked.isEmpty()
                ? List.of()
                : Arrays.stream(asked.split("[ ,]+", -1)).map(Integer::valueOf).toList();
    }

    /** One server of every major that is here, the oldest first. */
    public static List<TestServer> each() {
        List<TestServer> servers = new ArrayList<>();
        FOUND.keySet().forEach(major -> servers.add(of(major)));
        return servers;
    }

    /** The server of the newest major: for tests in which majors do not differ. */
    public static TestServer newest() {
        return of(FOUND.keySet().stream().reduce((one, other) -> other).orElseThrow());
    }

    /** The majors that are here, the oldest first. */
    public static List<Integer> majors() {
        return List.copyOf(FOUND.keySet());
    }

    /** The folder of a major's programs. */
    public static Path programs(int major) {
        Path folder = FOUND.get(major);
        if (folder == null) {
            throw new NoSuchElementException("PostgreSQL " + major + " is not here");
        }
        return folder;
    }

    private static synchronized TestServer of(int major) {
        return RUNNING.computeIfAbsent(major, each -> another(each, Map.of()));
    }

    /** A superuser's session with a server that all tests share, in no database of theirs; servers of their own have none. */
    static synchronized Optional<PsqlSession> sessionOf(TestServer server) {
        return RUNNING.containsValue(server)
                ? Optional.of(SESSIONS.computeIfAbsent(server, TestServers::open))
                : Optional.empty();
    }

    private static PsqlSession open(TestServer server) {
        var session = new PsqlSession(server.database("postgres"));
        session.must("SET client_min_messages = warning");
        return session;
    }

    /** A server of its own for a test that stops it, or needs other settings; the test closes it. */
    public static TestServer another(int major, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(SETTINGS);
        all.putAll(settings);
        return new TestServer(major, programs(major), ThrowawayServer.start(programs(major), all));
    }
}
