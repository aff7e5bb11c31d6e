package dev.holdfast.cli.scenario;

import static dev.holdfast.restore.InPlaceStep.CHECK;
import static dev.holdfast.restore.InPlaceStep.COMMIT;
import static dev.holdfast.restore.InPlaceStep.COMPLETE;
import static dev.holdfast.restore.InPlaceStep.SAFETY_LOCKED;
import static dev.holdfast.restore.InPlaceStep.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.CutProxy;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.restore.InPlaceStep;
import dev.holdfast.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connection, server or repository fail while rows are put back: what the program says of it is true. */
@Timeout(180)
final class InPlaceFaultsTest {
    private static final String SCHEMA =
            "CREATE TABLE t AS SELECT i, repeat('x', i) AS v FROM generate_series(1, 900) i";
    private static final String DAMAGE = "DELETE FROM t WHERE i > 500; UPDATE t SET v = 'damaged' WHERE i < 50";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(CutProxy.Cut.class)
    void aConnectionThatIsCutAtTheCommit(CutProxy.Cut cut) throws IOException {
        TestServer server = TestServers.newest();
        try (TestDatabase shop = server.fresh();
                var proxy = new CutProxy(server.server().port(), cut)) {
            shop.must(SCHEMA);
            Cli cli = Cli.of(shop, folder);
            cli.run("backup").well();
            Map<String, String> before = IndependentRows.of(shop);
            shop.must(DAMAGE);
            Map<String, String> damaged = IndependentRows.of(shop);
            Ran ran = cli.with("HOLDFAST_DB", proxy.url(shop.name())).run("restore", "latest", "--yes");
            assertThat(proxy.happened()).isTrue();
            assertThat(IndependentRows.of(shop)).isEqualTo(cut == CutProxy.Cut.BEFORE ? damaged : before);
            switch (cut) {
                case BEFORE -> Failures.assertClear(ran, 3);
                case AFTER -> ran.well();
                case AFTER_FOR_EVER -> {
                    Failures.assertClear(ran, 4);
                    assertThat(ran.err()).contains("it is not known whether the rows were put back", "pg_xact_status");
                }
            }
            cli.run("restore", "latest", "--yes").well();
            cli.run("verify").well();
        }
    }

    @Test
    void aServerThatStopsLeavesEverythingAsItWas() {
        try (TestServer server = TestServers.another(TestServers.newest().major(), Map.of())) {
            for (InPlaceStep step : List.of(SAFETY_LOCKED, WRITE, COMPLETE, CHECK, COMMIT)) {
                stopAt(step, server);
            }
        }
    }

    private void stopAt(InPlaceStep step, TestServer server) {
        try (TestDatabase shop = server.fresh()) {
            shop.must(SCHEMA);
            Cli cli = Cli.of(shop, folder.resolve(step.name()));
            String backup = cli.run("backup").well().lastLine();
            Map<String, String> before = IndependentRows.of(shop);
            shop.must(DAMAGE);
            Map<String, String> damaged = IndependentRows.of(shop);
            When stopped = When.at(step, server::crash);
            Ran ran = cli.run(stopped, "restore", backup, "--yes");
            assertThat(stopped.happened()).as("%s", step).isTrue();
            server.startAgain();
            assertThat(IndependentRows.of(shop)).as("%s", step).isEqualTo(damaged);
            Failures.assertClear(ran, step.compareTo(WRITE) < 0 ? 2 : 3);
            cli.run("restore", backup, "--yes").well();
            assertThat(IndependentRows.of(shop)).isEqualTo(before);
            cli.run("verify").well();
        }
    }

    @Test
    void whatIsReportedOutlastsACrashWhateverTheRoleSaysOfItsCommits() {
        try (TestServer server = TestServers.another(
                TestServers.newest().major(), Map.of("synchronous_commit", "off", "wal_writer_delay", "10s"))) {
            TestDatabase shop = server.fresh();
            shop.must(SCHEMA);
            Cli cli = Cli.of(shop, folder);
            String backup = cli.run("backup").well().lastLine();
            Map<String, String> before = IndependentRows.of(shop);
            shop.must(DAMAGE + "; CHECKPOINT");
            When crash = When.at(InPlaceStep.JOURNAL, server::crash);
            cli.run(crash, "restore", backup, "--yes").well();
            server.startAgain();
            assertThat(IndependentRows.of(shop)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAN", "SAFETY_LOCKED", "COMMIT"})
    void aRepositoryThatCannotBeWrittenTo(InPlaceStep step) {
        Optional<SmallDisk> mounted =
                SmallDisk.mount(folder, "20m", "a read-only repository during a restore in place");
        if (mounted.isEmpty()) {
            return;
        }
        try (SmallDisk disk = mounted.get();
                TestDatabase shop = TestServers.newest().fresh()) {
            shop.must(SCHEMA);
            Cli cli = Cli.of(shop, disk.folder()).with("HOME", "/nonexistent");
            String backup = cli.run("backup").well().lastLine();
            Map<String, String> before = IndependentRows.of(shop);
            shop.must(DAMAGE);
            Map<String, String> damaged = IndependentRows.of(shop);
            When readOnly = When.at(step, disk::makeReadOnly);
            Ran ran = cli.run(readOnly, "restore", backup, "--yes");
            assertThat(readOnly.happened()).isTrue();
            if (step == COMMIT) {
                ran.well();
                assertThat(ran.err()).contains("journal");
                assertThat(IndependentRows.of(shop)).isEqualTo(before);
            } else {
                Failures.assertClear(ran, 2);
                assertThat(ran.err()).contains("no safety backup, so nothing was changed");
                assertThat(IndependentRows.of(shop)).isEqualTo(damaged);
            }
        }
    }

    @Test
    void aRepositoryThatIsFull() {
        Optional<SmallDisk> mounted = SmallDisk.mount(folder, "2m", "a full repository during a restore in place");
        if (mounted.isEmpty()) {
            return;
        }
        try (SmallDisk disk = mounted.get();
                TestDatabase shop = TestServers.newest().fresh()) {
            shop.must("CREATE TABLE t (a uuid, b uuid); INSERT INTO t VALUES (gen_random_uuid(), NULL)");
            Cli cli = Cli.of(shop, disk.folder());
            cli.run("backup").well();
            shop.must("INSERT INTO t SELECT gen_random_uuid(), gen_random_uuid() FROM generate_series(1, 100000)");
            Ran ran = cli.run("restore", "latest", "--yes");
            Failures.assertClear(ran, 2);
            assertThat(ran.err()).contains("no safety backup, so nothing was changed", "no space left");
            assertThat(shop.must("SELECT count(*) FROM t")).isEqualTo("100001");
        }
    }
}
