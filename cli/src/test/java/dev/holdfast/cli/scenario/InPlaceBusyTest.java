package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Child;
import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.PsqlSession;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.restore.InPlaceStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Others stand in the way of a restore in place, or it in theirs: nobody waits for ever, and who must give way is told whom to. */
@Timeout(180)
final class InPlaceBusyTest {
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
        shop.must("CREATE TABLE t AS SELECT i, repeat('x', i) AS v FROM generate_series(1, 900) i;"
                + " ALTER TABLE t ADD CONSTRAINT pos CHECK (i > 5) NOT VALID");
        backup = cli().run("backup").well().lastLine();
        before = IndependentRows.of(shop);
        shop.must("DELETE FROM t WHERE i > 500 OR i < 3");
    }

    @AfterEach
    void drop() {
        shop.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"SAFETY_LOCKED", "WRITE", "COMMIT"})
    void theSecondOfTwoRestoresGivesWayAndNamesTheFirst(InPlaceStep step) throws IOException {
        Path go = folder.resolve("go");
        Child first = cli().start("inplace/" + step.name() + ":wait=" + go, "restore", backup, "--yes");
        first.awaitFile(Path.of(go + ".reached"));
        Ran second = cli().run("restore", backup, "--yes");
        Files.createFile(go);
        first.await().well();
        Failures.assertClear(second, 5);
        assertThat(second.err()).contains("holdfast restore " + shop.name() + "/" + backup);
        assertThat(IndependentRows.of(shop)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(names = {"SAFETY_LOCKED", "DIFFERENCE", "SILENCE", "WRITE"})
    void aChangeOfTheSchemaThatQueuesHangsNobody(InPlaceStep step) throws InterruptedException {
        try (var other = new PsqlSession(shop)) {
            var altering = new Thread(() -> other.must("ALTER TABLE t ADD late int"));
            When queued = When.at(step, () -> {
                altering.start();
                while (!shop.must(
                                "SELECT count(*) = 1 FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock'")
                        .equals("t")) {
                    Thread.onSpinWait();
                }
            });
            Map<String, String> damaged = IndependentRows.of(shop);
            Ran ran = cli().run(queued, "restore", backup, "--yes");
            altering.join();
            shop.must("ALTER TABLE t DROP late");
            assertThat(IndependentRows.of(shop)).as(ran.err()).isEqualTo(ran.exit() == 0 ? before : damaged);
            if (ran.exit() != 0) {
                Failures.assertClear(ran, 2);
                assertThat(ran.err()).contains("nothing was changed", "process");
            }
        }
    }

    @Test
    void aReaderThatDoesNotEndIsNotWaitedForForEver() {
        try (var reader = new PsqlSession(shop)) {
            Map<String, String> damaged = IndependentRows.of(shop);
            reader.must("BEGIN; SELECT count(*) FROM t");
            Ran ran = cli().run("restore", backup, "--yes");
            assertThat(ran.exit()).isIn(2, 3); // nothing was written yet
            Failures.assertClear(ran, ran.exit());
            assertThat(ran.err()).contains("lock");
            assertThat(IndependentRows.of(shop)).isEqualTo(damaged);
            reader.must("COMMIT");
            cli().run("restore", backup, "--yes").well();
            assertThat(IndependentRows.of(shop)).isEqualTo(before);
        }
    }
}
