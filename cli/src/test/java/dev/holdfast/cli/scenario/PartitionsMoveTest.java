package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.backup.BackupStep;
import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.PsqlSession;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Partitions that come and go without waiting for readers, and an ALTER TABLE that does wait. */
@Timeout(120)
final class PartitionsMoveTest {
    private static final String SETUP = """
            CREATE TABLE p (a int, b text) PARTITION BY LIST (a);
            CREATE TABLE one PARTITION OF p FOR VALUES IN (1); CREATE TABLE two PARTITION OF p FOR VALUES IN (2);
            INSERT INTO p SELECT i % 2 + 1, 'x' FROM generate_series(1, 1000) i;
            """;
    private static final String DETACH = "ALTER TABLE p DETACH PARTITION one CONCURRENTLY";
    private static final String PENDING = "SELECT count(*) FROM pg_inherits WHERE inhdetachpending";

    @TempDir
    private Path folder;

    @EachPostgres
    void aPartitionThatIsBeingDetachedWhileABackupIsTakenIsAttachedInIt(TestServer server) throws InterruptedException {
        try (TestDatabase shop = server.fresh();
                TestDatabase copy = server.database(shop.name() + "_copy")) {
            shop.must(SETUP);
            Map<String, String> rows = IndependentRows.of(shop);
            Cli cli = Cli.of(shop, folder);
            var detach = new Thread(() -> shop.must(DETACH));
            When when = When.at(BackupStep.ROWS, () -> {
                detach.start();
                while (!shop.must(PENDING).equals("1")) {
                    Thread.onSpinWait();
                }
            });
            cli.run(when, "backup").well();
            detach.join();
            assertThat(shop.must("SELECT count(*) FROM p")).isEqualTo("500");
            cli.run("restore", "latest", "--into", copy.name()).well();
            assertThat(IndependentRows.of(copy)).isEqualTo(rows);
            assertThat(copy.must("SELECT count(*) FROM p")).isEqualTo("1000");
        }
    }

    @EachPostgres
    void aPartitionLeftBetweenAttachedAndDetachedKeepsItsRows(TestServer server) {
        try (TestDatabase shop = server.fresh();
                TestDatabase copy = server.database(shop.name() + "_copy");
                var reader = new PsqlSession(shop)) {
            shop.must(SETUP);
            reader.must("BEGIN; SELECT count(*) FROM p");
            assertThat(server.psql(shop.name(), "SET lock_timeout = '100ms'; " + DETACH)
                            .exit())
                    .isNotZero();
            reader.must("ROLLBACK");
            assertThat(shop.must(PENDING)).isEqualTo("1");
            Cli cli = Cli.of(shop, folder);
            cli.run("backup").well();
            cli.run("restore", "latest", "--into", copy.name()).well();
            assertThat(IndependentRows.of(copy)).isEqualTo(IndependentRows.of(shop));
            assertThat(copy.must("SELECT count(*) FROM one")).isEqualTo("500");
        }
    }

    /** pg_dump queues behind the ALTER, which queues behind us: without an end to that, all three and everybody else would wait. */
    @Test
    void anAlterThatQueuesBeforePgDumpIsNamed() throws IOException, InterruptedException {
        TestServer server = TestServers.newest();
        try (TestDatabase shop = server.fresh()) {
            shop.must(SETUP + "CREATE TABLE t (a int)");
            Path programs = SlowPgDump.make(folder.resolve("bin"), server, queueing(server, shop));
            Ran ran = Cli.of(shop, folder.resolve("repository"))
                    .with("HOLDFAST_POSTGRES_BIN", programs.toString())
                    .run("backup");
            Failures.assertClear(ran, 2);
            assertThat(ran.err()).contains("table public.t is waited for by process");
            Cli.of(shop, folder.resolve("repository")).run("backup").well();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALTER FUNCTION one_more(int) RENAME TO two_more | function public.one_more",
                "ALTER VIEW below RENAME TO beneath | view public.below",
                "ALTER VIEW below RENAME COLUMN b TO c | view public.below",
                "DROP VIEW above; DROP VIEW below | view public.above",
                "ALTER INDEX named RENAME TO renamed | index public.named",
                "ALTER TYPE size RENAME TO length | type public.size",
                "ALTER SCHEMA other RENAME TO third; ALTER SCHEMA third RENAME TO other | schema other",
            })
    void whatChangesItsNameWhilePgDumpPrintsWithNamesIsNamed(String change, String name) throws IOException {
        TestServer server = TestServers.newest();
        try (TestDatabase shop = server.fresh()) {
            shop.must("CREATE FUNCTION one_more(int) RETURNS int LANGUAGE sql AS 'SELECT $1 + 1'; CREATE SCHEMA other;"
                    + " CREATE TABLE other.t (a int DEFAULT one_more(1)); CREATE TABLE u (a int); CREATE INDEX named ON u (a);"
                    + " CREATE VIEW below AS SELECT a AS b FROM other.t; CREATE VIEW above AS SELECT b FROM below;"
                    + " CREATE DOMAIN size AS int; ALTER TABLE other.t ADD s size");
            Path programs =
                    SlowPgDump.make(folder.resolve("bin"), server, psql(server, shop) + "'" + change + "' >/dev/null");
            Ran ran = Cli.of(shop, folder.resolve("repository"))
                    .with("HOLDFAST_POSTGRES_BIN", programs.toString())
                    .run("backup");
            Failures.assertClear(ran, 2);
            assertThat(ran.err()).contains(name);
        }
    }

    private static String psql(TestServer server, TestDatabase shop) {
        return "'" + server.program("psql") + "' -XqAt -d '" + shop.url() + "' -c ";
    }

    private static String queueing(TestServer server, TestDatabase shop) {
        String psql = psql(server, shop);
        return """
                (%s 'ALTER TABLE t ADD b int' >/dev/null 2>&1 &)
                until [ "$(%s "SELECT count(*) FROM pg_locks WHERE relation = 't'::regclass AND NOT granted")" = 1 ]; do :; done
                """.formatted(psql, psql);
    }
}
