package dev.holdfast.postgres.testing;

import dev.holdfast.run.Workers;
import dev.holdfast.testing.Programs;
import dev.holdfast.testing.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * The database that PostgreSQL's own regression tests leave behind: some six hundred tables and all else that PostgreSQL has, none of it
 * written by us. {@code HOLDFAST_TEST_REGRESSION} names the folder in which {@code .ci/install-regression-tests} put them.
 */
public final class RegressionDatabase {
    private static final String NAME = "regression";
    private static final int SIDE_BY_SIDE = 2;

    private final TestServer server;
    private final Path tests;
    private final Path work;

    private RegressionDatabase(TestServer server, Path tests, Path work) {
        this.server = server;
        this.tests = tests;
        this.work = work;
    }

    /** The majors whose tests are here, the oldest first; that there are none is printed. Told where they are, they must be there. */
    public static List<Integer> majors() {
        String told = System.getenv().getOrDefault("HOLDFAST_TEST_REGRESSION", "");
        if (told.isBlank()) {
            Seeds.print(
                    "NOT TESTED, since HOLDFAST_TEST_REGRESSION does not say where PostgreSQL's regression tests are:"
                            + " a database that we did not write");
            return List.of();
        }
        List<Integer> here = TestServers.majors().stream()
                .filter(major -> Files.exists(folder(told, major).resolve("lib/regress.so")))
                .toList();
        if (here.isEmpty()) {
            throw new IllegalStateException("HOLDFAST_TEST_REGRESSION: no regression tests of " + TestServers.majors()
                    + " in " + told + "; .ci/install-regression-tests puts them there");
        }
        return here;
    }

    private static Path folder(String told, int major) {
        return Path.of(told, "regression-" + major);
    }

    /**
     * Runs the tests on a server, which should be one of its own: they make roles and settings, too. A test may fail, and some are meant
     * to be compared with what they printed elsewhere; all that matters here is what they leave.
     *
     * @param work a folder that the server can write to
     */
    public static TestDatabase load(TestServer server, Path work) {
        String told =
                Optional.ofNullable(System.getenv("HOLDFAST_TEST_REGRESSION")).orElseThrow();
        return new RegressionDatabase(server, folder(told, server.major()), work).load();
    }

    private TestDatabase load() {
        server.must(
                "postgres",
                "CREATE DATABASE " + NAME + " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
        for (String setting : List.of("lc_messages", "lc_monetary", "lc_numeric", "lc_time")) {
            server.must("postgres", "ALTER DATABASE " + NAME + " SET " + setting + " = 'C'");
        }
        try {
            prepare();
            for (String line : Files.readAllLines(tests.resolve("parallel_schedule"))) {
                if (line.startsWith("test:")) {
                    runGroup(List.of(line.substring("test:".length()).trim().split("\\s+", -1)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return server.database(NAME);
    }

    /** The folder with the libraries, and those that the tests read from and write to. */
    private void prepare() throws IOException {
        Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path results = Files.createDirectory(work.resolve("results"));
        Files.setPosixFilePermissions(results, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path libraries = Files.createDirectory(work.resolve("lib"));
        Files.createSymbolicLink(libraries.resolve("regress.so"), tests.resolve("lib/regress.so"));
        Path own = server.programs().resolveSibling("lib");
        for (String name : List.of("autoinc.so", "refint.so")) {
            Files.createSymbolicLink(libraries.resolve(name), own.resolve(name));
        }
    }

    /** Tests of one line of the schedule may run side by side. */
    private void runGroup(List<String> names) {
        Queue<String> left = new ConcurrentLinkedQueue<>(names);
        List<Runnable> workers = new ArrayList<>();
        for (int i = 0; i < SIDE_BY_SIDE; i++) {
            workers.add(() -> {
                for (String name = left.poll(); name != null; name = left.poll()) {
                    run(name);
                }
            });
        }
        Workers.runAll("regression", workers);
    }

    private void run(String name) {
        List<String> command = new ArrayList<>(List.of("env"));
        environment().forEach((variable, value) -> command.add(variable + "=" + value));
        command.addAll(List.of(server.program("psql"), "-X", "-a", "-q", "-d", server.url(NAME)));
        command.addAll(List.of("-v", "HIDE_TABLEAM=on", "-v", "HIDE_TOAST_COMPRESSION=on"));
        command.addAll(List.of("-f", tests.resolve("sql").resolve(name + ".sql").toString()));
        Programs.Result result = Programs.run(command);
        if (result.exit() == 2) {
            throw new AssertionError("the server went away in " + name + ": " + result.errors());
        }
    }

    private Map<String, String> environment() {
        return Map.of(
                "PG_ABS_SRCDIR", tests.toString(),
                "PG_ABS_BUILDDIR", work.toString(),
                "PG_LIBDIR", work.resolve("lib").toString(),
                "PG_DLSUFFIX", ".so",
                "PGTZ", "PST8PDT",
                "PGDATESTYLE", "Postgres, MDY",
                "PGOPTIONS", "-c intervalstyle=postgres_verbose");
    }

    /** How many tables, views, types and functions there are; so that a test can tell a database from the ruins of one. */
    public static List<Integer> sizes(TestDatabase database) {
        return Stream.of("pg_class", "pg_type", "pg_proc")
                .map(catalog ->
                        Integer.valueOf(database.must("SELECT count(*) FROM " + catalog + " WHERE oid >= 16384")))
                .toList();
    }
}
