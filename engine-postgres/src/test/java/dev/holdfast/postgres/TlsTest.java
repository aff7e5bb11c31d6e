package dev.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.engine.Capture;
import dev.holdfast.engine.Database;
import dev.holdfast.engine.Earlier;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.postgres.testing.TestCertificate;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over TLS all is as without it, and a server that is not the right one is not talked to. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TlsTest {
    private static final String RULES = """
            hostssl all no_tls all reject
            hostssl all known all trust clientcert=verify-ca
            hostssl all secret all scram-sha-256
            """;

    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    @TempDir
    private static Path folder;

    private TestCertificate right;
    private TestCertificate wrong;
    private TestServer server;
    private TestDatabase database;

    @BeforeAll
    void start() {
        assumeTrue(TestCertificate.canBeMade());
        right = TestCertificate.make(folder, "right");
        wrong = TestCertificate.make(folder, "wrong");
        server = right.serve(RULES, wrong);
        database = server.fresh();
        database.must("CREATE ROLE no_tls LOGIN; CREATE ROLE known LOGIN; CREATE ROLE secret LOGIN PASSWORD 'pass'");
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static PgConnections connections(String url) {
        return new PgConnections(PgAddress.of(url, Map.of()));
    }

    /** Whether a new connection is encrypted. */
    private static boolean encrypted(String url) throws SQLException {
        try (Connection connection = connections(url).open();
                var statement = connection.createStatement();
                var answer = statement.executeQuery("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
            return answer.next() && answer.getBoolean(1);
        }
    }

    private Map<String, List<String>> rows(String mode) {
        try (Database connected = new PostgresEngine(server.environment())
                        .connect(Captures.run(), database.url() + "?sslmode=" + mode);
                Capture capture = connected.capture(Captures.run(), 2, Earlier.none("a test"))) {
            return Captures.rows(capture);
        }
    }

    @Test
    void rowsAreTheSameByteForByte() throws SQLException {
        database.must("""
                CREATE TABLE small AS SELECT i, md5(i::text) AS t FROM generate_series(1, 100000) i;
                CREATE TABLE wide AS SELECT i, repeat(md5(i::text) || e'\\\\\\n\\té€😀', 701 * i) AS t FROM generate_series(0, 30) i;
                CREATE TABLE odd (t text); INSERT INTO odd VALUES (NULL), (''), (e'\\\\.'), ('d'), (e'\\n');
                CREATE TABLE none (); INSERT INTO none DEFAULT VALUES; INSERT INTO none DEFAULT VALUES;
                """);
        assertThat(encrypted(database.url() + "?sslmode=require")).isTrue();
        assertThat(encrypted(database.url() + "?sslmode=disable")).isFalse();
        Map<String, List<String>> plain = rows("disable");
        assertThat(plain.get("public.small")).hasSize(100_000);
        assertThat(rows("require")).isEqualTo(plain);
        assertThat(rows("prefer")).isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource({"verify-full, 127.0.0.1", "verify-ca, 127.0.0.1", "verify-ca, localhost"})
    void theRightServerIsTalkedTo(String mode, String host) throws SQLException {
        assertThat(encrypted(url(mode, host, right.certificate()))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "verify-full, localhost, right.crt, The hostname localhost could not be verified",
        "verify-full, 127.0.0.1, wrong.crt, unable to find valid certification path",
        "verify-ca, 127.0.0.1, wrong.crt, unable to find valid certification path",
        "verify-full, 127.0.0.1, missing.crt, missing.crt"
    })
    void aServerThatCannotBeTrustedIsNotTalkedTo(String mode, String host, String root, String why) {
        assertUnreachable(url(mode, host, folder.resolve(root)), why);
    }

    private String url(String mode, String host, Path root) {
        return database.url().replace("127.0.0.1", host) + "?sslmode=" + mode + "&sslrootcert=" + root;
    }

    private static void assertUnreachable(String url, String why) {
        assertThatThrownBy(() -> connections(url).open())
                .hasMessageContaining(why)
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNREACHABLE));
    }

    @Test
    void aClientShowsItsCertificate() throws SQLException {
        String url = database.url().replace("postgres@", "known@") + "?sslmode=require";
        assertThat(encrypted(url + "&sslcert=" + wrong.certificate() + "&sslkey=" + wrong.key()))
                .isTrue();
        assertUnreachable(url, "certificate");
        assertUnreachable(
                url + "&sslcert=" + wrong.certificate() + "&sslkey=" + folder.resolve("missing.key"), "missing.key");
    }

    @Test
    void aPasswordIsChecked() throws SQLException {
        assertThat(encrypted(database.url().replace("postgres@", "secret:pass@")))
                .isTrue();
        assertUnreachable(database.url().replace("postgres@", "secret:other@"), "password authentication failed");
    }

    @Test
    void whereTlsIsNotWelcomePreferGoesOnWithout() throws SQLException {
        String url = database.url().replace("postgres@", "no_tls@");
        assertThat(encrypted(url)).isFalse();
        assertUnreachable(url + "?sslmode=require", "pg_hba.conf");
    }

    @Test
    void closedConnectionsLeaveNoFileOpen() throws SQLException, IOException {
        assumeTrue(Files.isDirectory(OPEN_FILES));
        openAndClose(1);
        long before = openFiles();
        openAndClose(20);
        assertThat(openFiles() - before).isLessThan(10);
    }

    private void openAndClose(int times) throws SQLException {
        for (int i = 0; i < times; i++) {
            connections(database.url()).open().close();
            connections(database.url()).openSession().close();
        }
    }

    private static long openFiles() throws IOException {
        try (var files = Files.list(OPEN_FILES)) {
            return files.count();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"require", "disable"})
    void anotherThreadEndsAReadThatWaits(String mode) throws InterruptedException {
        PgSession session = connections(database.url() + "?sslmode=" + mode).openSession();
        var failed = new AtomicReference<Exception>();
        var reader = new Thread(() -> {
            try {
                String copy = "COPY (SELECT 1 FROM pg_sleep(50)) TO STDOUT";
                session.copyOut(copy, (bytes, offset, length, ends) -> {});
            } catch (SQLException e) {
                failed.set(e);
            }
        });
        reader.start();
        String sleepers = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'";
        while (reader.isAlive() && database.must(sleepers).equals("0")) {
            Thread.onSpinWait();
        }
        session.close();
        reader.join();
        assertThat(failed.get()).isNotNull();
        database.must("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'");
    }
}
