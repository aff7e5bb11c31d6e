package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.backup.BackupStep;
import dev.holdfast.cli.Cli;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.OldestAndNewestPostgres;
import dev.holdfast.postgres.testing.PsqlSession;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.restore.RestoreStep;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Role and database end whatever takes longer than a moment. A backup or a restore takes longer, and is not ended. */
@Timeout(180)
final class TimeoutsOfTheRoleTest {
    @TempDir
    private Path folder;

    @OldestAndNewestPostgres
    void neitherABackupNorARestoreIsEnded(TestServer server) throws InterruptedException {
        server.must("postgres", "CREATE ROLE hasty LOGIN CREATEDB");
        try (TestDatabase shop = server.fresh();
                TestDatabase copy = server.database(shop.name() + "_copy");
                var other = new PsqlSession(shop)) {
            server.must("postgres", "ALTER DATABASE " + shop.name() + " OWNER TO hasty");
            shop.must("SET ROLE hasty; CREATE SCHEMA app; CREATE TABLE app.t AS SELECT generate_series(1, 1000) AS a;"
                    + " CREATE MATERIALIZED VIEW app.slow AS SELECT 1 AS one, pg_sleep(1.2)::text");
            for (String timeout : timeouts(server)) {
                server.must(
                        "postgres",
                        "ALTER DATABASE " + shop.name() + " SET " + timeout + " = '600ms'; ALTER ROLE hasty SET "
                                + timeout + " = '600ms'");
            }
            Cli cli = Cli.of(shop, folder).with("HOLDFAST_DB", shop.url().replace("postgres@", "hasty@"));

            other.must("BEGIN; LOCK TABLE app.t IN ACCESS EXCLUSIVE MODE");
            var patience = new Thread(() -> {
                await(
                        server,
                        "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted AND clock_timestamp() - waitstart > '1200ms'");
                other.must("ROLLBACK");
            });
            patience.start();
            cli.run("backup").well();
            patience.join();

            for (BackupStep step : List.of(BackupStep.ROWS, BackupStep.PIECES, BackupStep.SETTLE)) {
                When late = When.at(step, () -> awaitIdle(server));
                cli.run(late, "backup").well();
                assertThat(late.happened()).isTrue();
            }
            When late = When.at(RestoreStep.CHECK, () -> awaitIdle(server));
            cli.run(late, "restore", "latest", "--into", copy.name()).well();
            assertThat(IndependentRows.of(copy))
                    .isEqualTo(IndependentRows.of(shop))
                    .hasSize(2);
        } finally {
            server.must("postgres", "DROP ROLE hasty");
        }
    }

    private static List<String> timeouts(TestServer server) {
        List<String> timeouts = new ArrayList<>(List.of(
                "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "idle_session_timeout"));
        if (server.major() >= 17) {
            timeouts.add("transaction_timeout");
        }
        return timeouts;
    }

    private static void awaitIdle(TestServer server) {
        await(
                server,
                "SELECT bool_and(clock_timestamp() - state_change > '1200ms') FROM pg_stat_activity WHERE usename = 'hasty'");
    }

    private static void await(TestServer server, String condition) {
        while (!server.must("postgres", condition).equals("t")) {
            Thread.onSpinWait();
        }
    }
}
