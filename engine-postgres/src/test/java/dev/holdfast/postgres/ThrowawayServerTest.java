package dev.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.engine.Database;
import dev.holdfast.engine.Earlier;
import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.testing.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ThrowawayServerTest {
    /** Starts a server, says where it is, and waits to be killed. */
    public static final class Owner {
        private Owner() {}

        public static void main(String[] arguments) throws IOException {
            ThrowawayServer server = ThrowawayServer.start(Path.of(arguments[0]), Map.of("fsync", "off"));
            System.out.println(server.folder());
            System.exit(System.in.read());
        }
    }

    @Test
    void aServerWhoseOwnerIsKilledEndsAndLeavesNothing() throws IOException, InterruptedException {
        Process owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        TestServers.newest().programs().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out = new BufferedReader(new InputStreamReader(owner.getInputStream(), StandardCharsets.UTF_8))) {
            Path folder = Path.of(out.readLine());
            long server = Long.parseLong(
                    Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0));
            assertThat(ProcessHandle.of(server)).isPresent();

            Programs.run(List.of("kill", "-9", "" + owner.pid()));
            owner.waitFor();
            while (ProcessHandle.of(server).filter(ProcessHandle::isAlive).isPresent() || Files.exists(folder)) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void aClosedServerIsGone() {
        TestServer server = TestServers.another(TestServers.majors().get(0), Map.of());
        Path folder = server.server().folder();
        assertThat(folder).exists();
        server.server().close();
        assertThat(folder).doesNotExist();
    }

    @EachPostgres
    void aServerIsReachedByItsSocketAsByTcp(TestServer server) {
        var engine = new PostgresEngine(server.environment());
        try (var database = server.fresh();
                Database tcp = engine.connect(Captures.run(), database.url());
                Database socket = engine.connect(Captures.run(), server.server().socketUrl(database.name()))) {
            assertThat(socket.identity()).isEqualTo(tcp.identity());
            assertThat(socket.address()).contains(server.server().folder().toString());
            database.must("CREATE TABLE t AS SELECT i, repeat('x', 1000) AS pad FROM generate_series(1, 20000) i");
            try (var capture = socket.capture(Captures.run(), 2, Earlier.none("a test"))) {
                assertThat(Captures.rows(capture).get("public.t")).hasSize(20_000);
                assertThat(capture.pieces()).isNotEmpty();
            }
        }
    }
}
