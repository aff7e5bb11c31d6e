package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.backup.BackupStep;
import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.restore.RestoreStep;
import dev.holdfast.testing.Programs;
import dev.holdfast.testing.SmallDisk;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The disk is full, the server goes, a connection is ended: one clear line, nothing published, and the next run works. */
final class FaultsDuringRunsTest {
    @TempDir
    private Path folder;

    private static int backups(Cli cli) {
        return cli.run("list", "--json")
                .well()
                .json()
                .objects("backups", backup -> backup)
                .size();
    }

    @Test
    void aFullDiskEndsABackupAndWithSpaceTheNextWorks() {
        Optional<SmallDisk> mounted = SmallDisk.mount(folder, "2m", "a full disk during a backup");
        if (mounted.isEmpty()) {
            return;
        }
        try (SmallDisk disk = mounted.get();
                TestDatabase shop = TestServers.newest().fresh()) {
            shop.must("CREATE TABLE small (a int); INSERT INTO small VALUES (1)");
            Cli cli = Cli.of(shop, disk.folder());
            cli.run("backup").well();
            shop.must("CREATE TABLE noise AS SELECT gen_random_uuid() AS a, gen_random_uuid() AS b FROM"
                    + " generate_series(1, 100000)");

            Ran ran = cli.run("backup");
            Failures.assertClear(ran, 2);
            assertThat(ran.err()).contains("no space left");
            assertThat(backups(cli)).isEqualTo(1);
            cli.run("verify").well();

            Programs.run(List.of("mount", "-o", "remount,size=50m", folder.toString()));
            cli.run("backup").well();
            cli.run("verify").well();
            assertThat(backups(cli)).isEqualTo(2);
        }
    }

    @Test
    void aReadOnlyRepositoryCanBeReadAndSaysSoWhenItCannotBeWritten() {
        Optional<SmallDisk> mounted = SmallDisk.mount(folder, "20m", "a read-only repository");
        if (mounted.isEmpty()) {
            return;
        }
        try (SmallDisk disk = mounted.get();
                TestDatabase shop = TestServers.newest().fresh();
                TestDatabase copy = shop.server().database(shop.name() + "_copy")) {
            shop.must("CREATE TABLE small (a int); INSERT INTO small VALUES (1)");
            Cli cli = Cli.of(shop, disk.folder()).with("HOME", "/nonexistent");
            cli.run("backup").well();
            disk.makeReadOnly();

            Ran ran = cli.run("backup");
            Failures.assertClear(ran, 2);
            assertThat(ran.err()).contains("not allowed");
            cli.run("list").well();
            cli.run("show", "latest").well();
            cli.run("verify").well();
            cli.run("restore", "latest", "--into", copy.name()).well();
            assertThat(IndependentRows.of(copy)).isEqualTo(IndependentRows.of(shop));
        }
    }

    @Test
    void aServerThatStopsHalfwayEndsTheRunAndOnceItIsBackTheNextWorks() {
        try (TestServer server = TestServers.another(TestServers.majors().get(0), Map.of())) {
            TestDatabase shop = server.fresh();
            TestDatabase copy = server.database("copy");
            shop.must("CREATE TABLE t AS SELECT generate_series(1, 1000) AS a");
            Map<String, String> rows = IndependentRows.of(shop);
            Cli cli = Cli.of(shop, folder);
            cli.run("backup").well();

            for (BackupStep step :
                    List.of(BackupStep.SNAPSHOT, BackupStep.ROWS, BackupStep.PIECES, BackupStep.SETTLE)) {
                Ran ran = cli.run(When.at(step, server::crash), "backup");
                Failures.assertClear(ran, 2);
                server.startAgain();
                assertThat(backups(cli)).isEqualTo(1);
            }
            Ran ran = cli.run(When.at(RestoreStep.ROWS, server::crash), "restore", "latest", "--into", "copy");
            Failures.assertClear(ran, 4);
            assertThat(ran.err()).contains("DROP DATABASE");
            server.startAgain();
            assertThat(copy.exists()).isFalse();

            cli.run("backup").well();
            assertThat(cli.run("restore", "latest", "--into", "copy").well().err())
                    .contains("was left by a restore");
            assertThat(IndependentRows.of(copy)).isEqualTo(rows);
            cli.run("verify").well();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ROWS", "PIECES", "SETTLE"})
    void anEndedConnectionEndsTheBackup(BackupStep step) {
        try (TestDatabase shop = TestServers.newest().fresh()) {
            shop.must("CREATE TABLE t AS SELECT generate_series(1, 1000) AS a");
            Cli cli = Cli.of(shop, folder);
            cli.run("backup").well();
            When when = When.at(
                    step,
                    () -> shop.must("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND state LIKE 'idle in transaction%'"));
            Ran ran = cli.run(when, "backup", "--jobs", "1");
            assertThat(when.happened()).isTrue();
            Failures.assertClear(ran, 2);
            assertThat(backups(cli)).isEqualTo(1);
            cli.run("backup").well();
            cli.run("verify").well();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PREPARE", "ROWS", "COMPLETE", "CHECK", "PUBLISH"})
    void aRestoreThatLosesItsDatabaseHalfwayPutsBackWhatItMade(RestoreStep step) {
        try (TestDatabase shop = TestServers.newest().fresh()) {
            shop.must("CREATE TABLE t AS SELECT generate_series(1, 1000) AS a");
            Cli cli = Cli.of(shop, folder);
            cli.run("backup").well();
            List<String> before = shop.server().databases();
            When when = When.at(
                    step,
                    () -> shop.server().databases().stream()
                            .filter(name -> !before.contains(name))
                            .forEach(name -> shop.server().database(name).close()));
            Ran ran = cli.run(when, "restore", "latest", "--into", shop.name() + "_copy");
            assertThat(when.happened()).isTrue();
            assertThat(ran.exit()).as(ran.err()).isEqualTo(3);
            assertThat(ran.err()).doesNotContain("\tat ");
            assertThat(shop.server().databases()).isEqualTo(before);
        }
    }
}
