package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.backup.BackupStep;
import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.PsqlSession;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody ends a session of a backup, or cancels what it does: a whole backup, or none and one clear line. */
@Timeout(120)
final class EndedSessionsTest {
    private static final String OURS = " FROM pg_stat_activity WHERE datname = current_database()"
            + " AND pid <> pg_backend_pid() AND application_name ";

    @TempDir
    private Path folder;

    private final TestDatabase shop = TestServers.newest().fresh();

    EndedSessionsTest() {
        shop.must("CREATE TABLE t AS SELECT i, repeat('x', 500) FROM generate_series(1, 20000) i");
    }

    @AfterEach
    void drop() {
        shop.close();
    }

    private void await(String condition) {
        while (!shop.must("SELECT " + condition).equals("t")) {
            Thread.onSpinWait();
        }
    }

    private void assertWholeOrNone(Ran ran, Cli cli) {
        if (ran.exit() != 0) {
            Failures.assertClear(ran, 2);
        } else {
            try (TestDatabase copy = shop.server().database(shop.name() + "_copy")) {
                cli.run("restore", "latest", "--into", copy.name()).well();
                assertThat(IndependentRows.of(copy)).isEqualTo(IndependentRows.of(shop));
            }
        }
        cli.run("backup").well();
        cli.run("verify").well();
    }

    @ParameterizedTest
    @EnumSource(names = {"SNAPSHOT", "ROWS", "PIECES", "SETTLE", "CONFIRM", "HEAD"})
    void theFirstSessionWhichOnlyWaits(BackupStep step) {
        Cli cli = Cli.of(shop, folder);
        List<String> ended = new ArrayList<>();
        When when = When.at(
                step,
                () -> ended.add(shop.must("SELECT pg_terminate_backend(pid)" + OURS + "<> 'psql' AND state = 'idle'")));
        Ran ran = cli.run(when, "backup");
        assertThat(ended)
                .as("the session was there, and ended")
                .singleElement()
                .asString()
                .startsWith("t");
        assertWholeOrNone(ran, cli);
    }

    @Test
    void aReaderWhichIsNotTheLead() {
        Cli cli = Cli.of(shop, folder);
        List<String> ended = new ArrayList<>();
        When when = When.at(
                BackupStep.ROWS,
                () -> ended.add(shop.must("SELECT pg_terminate_backend(pid)" + OURS
                        + "<> 'psql' AND state = 'idle in transaction' ORDER BY xact_start DESC LIMIT 1")));
        Ran ran = cli.run(when, "backup", "--jobs", "3");
        assertThat(ended).as("the session was there, and ended").containsExactly("t");
        Failures.assertClear(ran, 2);
        assertWholeOrNone(ran, cli);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg_terminate_backend", "pg_cancel_backend"})
    void pgDumpWhichWaitsForACatalog(String how) {
        Cli cli = Cli.of(shop, folder);
        try (var other = new PsqlSession(shop)) {
            other.must("BEGIN; LOCK TABLE pg_catalog.pg_publication IN ACCESS EXCLUSIVE MODE");
            When when = When.at(BackupStep.PIECES, () -> {
                await("count(*) = 1" + OURS + "<> 'psql' AND wait_event_type = 'Lock'");
                shop.must("SELECT " + how + "(pid)" + OURS + "<> 'psql' AND wait_event_type = 'Lock'");
            });
            Ran ran = cli.run(when, "backup");
            other.must("ROLLBACK");
            Failures.assertClear(ran, 2);
            assertThat(ran.err())
                    .contains("dumping the schema", how.contains("cancel") ? "canceling statement" : "terminating");
            assertWholeOrNone(ran, cli);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg_terminate_backend", "pg_cancel_backend"})
    void theLeadWhichWaitsForATable(String how) throws InterruptedException {
        Cli cli = Cli.of(shop, folder);
        try (var other = new PsqlSession(shop)) {
            other.must("BEGIN; LOCK TABLE t IN ACCESS EXCLUSIVE MODE");
            var ending = new Thread(() -> {
                await("count(*) = 1" + OURS + "<> 'psql' AND wait_event_type = 'Lock'");
                shop.must("SELECT " + how + "(pid)" + OURS + "<> 'psql' AND wait_event_type = 'Lock'");
            });
            ending.start();
            Ran ran = cli.run("backup");
            ending.join();
            other.must("ROLLBACK");
            Failures.assertClear(ran, 2);
            assertWholeOrNone(ran, cli);
        }
    }
}
