package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.PsqlSession;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestPooler;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.testing.Programs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PgBouncer stands between: in session mode all is as without it; in the other modes it is refused, and nobody notices. */
@Timeout(180)
final class PoolersTest {
    private static final String TRUSTED = "\"postgres\" \"\"\n";

    @TempDir
    private Path folder;

    private final TestDatabase shop = TestServers.newest().fresh();

    PoolersTest() {
        shop.must("CREATE TABLE t AS SELECT generate_series(1, 1000) AS a; CREATE SEQUENCE s");
    }

    private Cli through(TestPooler pooler, String user) {
        return Cli.of(shop, folder).with("HOLDFAST_DB", pooler.url(user, shop.name()));
    }

    @ParameterizedTest
    @CsvSource({
        "transaction, 0, 20, 0",
        "transaction, 1, 20, 0",
        "transaction, 1, 20, 2",
        "transaction, 0, 20, 2",
        "transaction, 0, 1, 0",
        "statement, 0, 20, 0",
        "statement, 1, 20, 3",
    })
    void aPoolerThatSharesItsConnectionsIsRefusedAndTheyStayAsTheyWere(
            String mode, String roundRobin, String size, int others) throws Exception {
        assumeTrue(TestPooler.isHere());
        Map<String, String> settings =
                Map.of("pool_mode", mode, "server_round_robin", roundRobin, "default_pool_size", size);
        try (shop;
                TestPooler pooler = TestPooler.start(shop.server(), settings, TRUSTED)) {
            warm(pooler, others);
            Ran ran = through(pooler, "postgres").run("backup");
            Failures.assertClear(ran, 2);
            assertThat(ran.err()).contains("a pooler stands between").contains("session mode");
            for (int i = 0; i <= others; i++) {
                assertThat(ask(pooler, "SELECT current_setting('search_path'), current_setting('row_security')"))
                        .contains("public")
                        .endsWith("|on\n");
            }
        }
    }

    /** Opens several connections to the server at once, so that the pooler has a choice. */
    private void warm(TestPooler pooler, int others) throws Exception {
        List<Process> busy = new ArrayList<>();
        try (var gate = new PsqlSession(shop)) {
            gate.must("SELECT pg_advisory_lock(77)");
            for (int i = 0; i < others; i++) {
                List<String> command = List.of(
                        program(),
                        "-Xqc",
                        "SELECT pg_advisory_xact_lock_shared(77)",
                        pooler.url("postgres", shop.name()));
                busy.add(new ProcessBuilder(command).inheritIO().start());
            }
            String waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
            while (!shop.must(waiting).equals(String.valueOf(others))) {
                Thread.onSpinWait();
            }
        }
        for (Process process : busy) {
            assertThat(process.waitFor()).isZero();
        }
    }

    private String program() {
        return shop.server().program("psql");
    }

    private String ask(TestPooler pooler, String query) {
        Programs.Result result = Programs.run(List.of(program(), "-XqAtc", query, pooler.url("postgres", shop.name())));
        assertThat(result.exit()).as(result.errors()).isZero();
        return result.text();
    }

    @Test
    void inSessionModeABackupAndARestoreGoThroughIt() {
        assumeTrue(TestPooler.isHere());
        try (shop;
                TestDatabase copy = shop.server().database(shop.name() + "_copy");
                TestPooler pooler = TestPooler.start(shop.server(), Map.of(), TRUSTED)) {
            Cli cli = through(pooler, "postgres");
            cli.run("backup").well();
            cli.run("restore", "latest", "--into", copy.name()).well();
            assertThat(IndependentRows.of(copy)).isEqualTo(IndependentRows.of(shop));
        }
    }

    @ParameterizedTest
    @CsvSource({"md5", "scram-sha-256"})
    void itMayAskForAPassword(String method) {
        assumeTrue(TestPooler.isHere());
        try (shop;
                TestPooler pooler = TestPooler.start(
                        shop.server(), Map.of("auth_type", method), "\"postgres\" \"not so secret\"\n")) {
            Cli cli = through(pooler, "postgres");
            Failures.assertClear(cli.run("backup"), 2);
            cli.with("PGPASSWORD", "not so secret").run("backup").well();
        }
    }

    @Test
    void aPoolTooSmallForASnapshotOnSeveralConnectionsIsAClearFailure() {
        assumeTrue(TestPooler.isHere());
        Map<String, String> settings = Map.of("default_pool_size", "1", "query_wait_timeout", "2");
        try (shop;
                TestPooler pooler = TestPooler.start(shop.server(), settings, TRUSTED)) {
            Failures.assertClear(through(pooler, "postgres").run("backup"), 2);
        }
    }
}
