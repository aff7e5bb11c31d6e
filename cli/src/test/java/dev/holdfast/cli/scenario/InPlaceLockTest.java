package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.PsqlSession;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.restore.InPlaceStep;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Up to the lock of a restore in place everything that anyone commits is kept, and from it on nobody writes. POSTGRES.md C6, C7 and C13. */
@Timeout(180)
final class InPlaceLockTest {
    private static final String CUSTOMERS = "UPDATE t SET v = 'a customer''s' WHERE id IN (3, 80)";

    @TempDir
    private Path folder;

    private final TestDatabase shop = TestServers.newest().fresh();
    private Map<String, String> before = Map.of();
    private String backup = "";

    private Cli cli() {
        return Cli.of(shop, folder.resolve("repository"));
    }

    @BeforeEach
    void damage() {
        shop.must("CREATE TABLE t (id int PRIMARY KEY, v text); CREATE TABLE u (id int PRIMARY KEY, v text);"
                + " INSERT INTO t SELECT i, 'original' FROM generate_series(1, 100) i; INSERT INTO u SELECT * FROM t");
        backup = cli().run("backup").well().lastLine();
        before = IndependentRows.of(shop);
        shop.must("UPDATE t SET v = 'damaged' WHERE id < 50; DELETE FROM u WHERE id > 90");
    }

    @AfterEach
    void drop() {
        shop.close();
    }

    private CompletableFuture<Ran> restoring() {
        return CompletableFuture.supplyAsync(() -> cli().run("restore", backup, "--yes", "--json"));
    }

    private void awaitTheLock(CompletableFuture<Ran> restored) {
        while (!shop.must("SELECT count(*) = 1 FROM pg_locks WHERE NOT granted AND mode = 'ExclusiveLock'"
                        + " AND locktype = 'relation'")
                .equals("t")) {
            assertThat(restored).as("it waits for the lock").isNotDone();
        }
    }

    private void assertRestoredAndKept(Ran ran, Map<String, String> kept) {
        String safety = ran.well().json().string("safety_backup");
        assertThat(IndependentRows.of(shop)).isEqualTo(before);
        cli().run("restore", safety, "--yes").well();
        assertThat(IndependentRows.of(shop)).isEqualTo(kept);
    }

    @Test
    void whatIsCommittedBetweenTheSafetyBackupWithoutLocksAndTheLockIsKept() {
        shop.server().writeMuchLog();
        Map<String, String> kept = new HashMap<>();
        When late = When.at(InPlaceStep.LOCK, () -> {
            shop.must(CUSTOMERS + "; INSERT INTO t VALUES (1000, 'new'); DELETE FROM u WHERE id = 1");
            kept.putAll(IndependentRows.of(shop));
        });
        Ran ran = cli().run(late, "restore", backup, "--yes", "--json");
        assertThat(late.happened()).isTrue();
        assertThat(cli().safetyBackups()).hasSize(2);
        assertRestoredAndKept(ran, kept);
    }

    /** A snapshot that is older than the lock would not show it, and our own changes of the same rows would fail. */
    @Test
    void whatIsCommittedWhileTheLockIsWaitedForIsKept() {
        try (var writer = new PsqlSession(shop)) {
            writer.must("BEGIN; " + CUSTOMERS);
            CompletableFuture<Ran> restored = restoring();
            awaitTheLock(restored);
            writer.must("COMMIT");
            restored.join().well();
            assertThat(IndependentRows.of(shop)).isEqualTo(before);
            String safety = restored.join().json().string("safety_backup");
            cli().run("restore", safety, "--yes").well();
            assertThat(shop.must("SELECT count(*) FROM t WHERE v = 'a customer''s'"))
                    .isEqualTo("2");
        }
    }

    /** Whoever could lock a row would make our change of it wait. */
    @ParameterizedTest
    @EnumSource(names = {"SAFETY_LOCKED", "DIFFERENCE", "WRITE", "COMMIT"})
    void fromTheLockOnOthersReadButNeitherWriteNorLockRows(InPlaceStep step) {
        When locked = When.at(step, () -> {
            assertThat(shop.must("SET lock_timeout = '1s'; SELECT count(*) FROM t"))
                    .isEqualTo("100");
            for (String kind : new String[] {"UPDATE", "NO KEY UPDATE", "SHARE", "KEY SHARE"}) {
                assertRefused("SELECT v FROM t WHERE id = 99 FOR " + kind);
            }
            assertRefused("INSERT INTO u VALUES (1000, 'new')");
        });
        cli().run(locked, "restore", backup, "--yes").well();
        assertThat(locked.happened()).isTrue();
        assertThat(IndependentRows.of(shop)).isEqualTo(before);
    }

    private void assertRefused(String sql) {
        assertThat(shop.server()
                        .psql(shop.name(), "SET lock_timeout = '100ms'; " + sql)
                        .exit())
                .as(sql)
                .isNotZero();
    }

    /** Whoever waits for us meanwhile would wait as long as we do; so we give up, let others pass, and try again. */
    @Test
    void aNewWriterIsNotKeptWaitingByAnOldOne() {
        try (var old = new PsqlSession(shop);
                var other = new PsqlSession(shop)) {
            old.must("BEGIN; " + CUSTOMERS);
            CompletableFuture<Ran> restored = restoring();
            awaitTheLock(restored);
            other.must("SET lock_timeout = '20s'; INSERT INTO t VALUES (1000, 'new')");
            old.must("COMMIT");
            restored.join().well();
            assertThat(IndependentRows.of(shop)).isEqualTo(before);
        }
    }

    /** Its own look for deadlocks comes later than ours, so that it is we who are broken off. */
    @Test
    void aWriterWithWhomWeWouldWaitForEachOtherGoesFirst() {
        try (var writer = new PsqlSession(shop)) {
            writer.must("SET deadlock_timeout = '2min'; BEGIN; UPDATE u SET v = 'a customer''s' WHERE id = 3");
            CompletableFuture<Ran> restored = restoring();
            awaitTheLock(restored);
            writer.must(CUSTOMERS);
            writer.must("COMMIT");
            restored.join().well();
            assertThat(IndependentRows.of(shop)).isEqualTo(before);
        }
    }

    /** The schema fitted when it was looked at first. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE t ADD late int",
                "ALTER TABLE t ALTER v SET DEFAULT 'late'",
                "CREATE INDEX late ON t (v)",
                "CREATE TABLE late (a int)",
                "DROP TABLE u",
                "ALTER TABLE t RENAME TO late",
            })
    void aSchemaThatChangesJustBeforeTheLockIsRefusedAndNothingIsDone(String change) {
        Map<String, String> damaged = new HashMap<>();
        When late = When.at(InPlaceStep.LOCK, () -> {
            shop.must(change);
            damaged.putAll(IndependentRows.of(shop));
        });
        Ran ran = cli().run(late, "restore", backup, "--yes");
        assertThat(late.happened()).isTrue();
        Failures.assertClear(ran, 2);
        assertThat(ran.err()).contains("the schema is not that of the backup any more");
        assertThat(IndependentRows.of(shop)).isEqualTo(damaged);
    }
}
