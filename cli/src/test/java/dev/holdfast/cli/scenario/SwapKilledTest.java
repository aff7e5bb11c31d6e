package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Child;
import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.PsqlSession;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.restore.RestoreStep;
import dev.holdfast.restore.SwapStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A swap is killed with -9, wherever it is: the database of the name is the old one or the restored one, whole, and the next run works. */
@Timeout(300)
final class SwapKilledTest {
    private static final int KILLED = 128 + 9;
    private static final String LEFTOVER = "holdfast_restore_";

    @TempDir
    private Path folder;

    private final TestServer server = TestServers.newest();
    private final TestDatabase shop = server.fresh();
    private Map<String, String> good = Map.of();
    private Map<String, String> bad = Map.of();
    private String id = "";

    @BeforeEach
    void make() {
        shop.must("CREATE TABLE t AS SELECT generate_series(1, 500) AS a; CREATE TABLE u AS SELECT 1 AS a");
        good = IndependentRows.of(shop);
        id = cli().run("backup").well().lastLine();
        shop.must("DELETE FROM t; DROP TABLE u");
        bad = IndependentRows.of(shop);
    }

    @AfterEach
    void drop() {
        leftovers().forEach(name -> server.database(name).close());
        kept().close();
        shop.close();
    }

    private Cli cli() {
        return Cli.of(shop, folder);
    }

    private TestDatabase kept() {
        return server.database(shop.name() + "_before_" + id);
    }

    private List<String> leftovers() {
        return server.databases().stream()
                .filter(name -> name.startsWith(LEFTOVER))
                .toList();
    }

    static Stream<String> steps() {
        return Stream.concat(
                Stream.of(SwapStep.values()).map(step -> "swap/" + step.name()),
                Stream.of(
                                RestoreStep.CREATE,
                                RestoreStep.PREPARE,
                                RestoreStep.ROWS,
                                RestoreStep.COMPLETE,
                                RestoreStep.CHECK)
                        .map(step -> "restore/" + step.name()));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void atEachStepItIsTheOldOrTheRestoredOne(String step) {
        Ran killed =
                cli().start(step + ":kill", "restore", id, "--swap", "--yes").await();
        assertThat(killed.exit()).as(killed.err()).isEqualTo(KILLED);

        boolean done = step.equals("swap/JOURNAL") || step.equals("swap/DONE");
        assertThat(IndependentRows.of(shop)).isEqualTo(done ? good : bad);
        assertThat(kept().exists()).isEqualTo(done);
        boolean unfinished = step.matches("swap/(BIND|EXCHANGE)|restore/(PREPARE|ROWS|COMPLETE|CHECK)");
        assertThat(leftovers()).hasSize(unfinished ? 1 : 0);
        if (done) {
            assertThat(IndependentRows.of(kept())).isEqualTo(bad);
        }
        theNextRunsWork(done);
    }

    private void theNextRunsWork(boolean done) {
        Ran next = cli().run("backup").well();
        assertThat(next.err()).contains("backup " + shop.name() + "/").doesNotContain("--same-source");
        if (!done) {
            cli().run("restore", id, "--swap", "--yes").well();
            assertThat(IndependentRows.of(shop)).isEqualTo(good);
            assertThat(IndependentRows.of(kept())).isEqualTo(bad);
            cli().run("backup").well();
        }
        cli().run("verify").well();
        assertThat(folder.resolve("backups"))
                .as("all is of one source")
                .isDirectoryContaining("glob:**/" + shop.name())
                .isDirectoryNotContaining("glob:**/" + shop.name() + "-*");
    }

    /** Somebody else holds a lock that one of the two renames waits for; the kill comes then. */
    @ParameterizedTest
    @ValueSource(strings = {"live", "unfinished"})
    void inTheMidstOfTheExchangeItIsTheOldOne(String locked) throws IOException {
        Path go = folder.resolveSibling(folder.getFileName() + "-go");
        try (var outside = new PsqlSession(server.database("postgres"))) {
            Child child = cli().start("swap/EXCHANGE:wait=" + go, "restore", id, "--swap", "--yes");
            child.awaitFile(Path.of(go + ".reached"));
            String name = locked.equals("live") ? shop.name() : leftovers().get(0);
            outside.must("BEGIN; COMMENT ON DATABASE \"" + name + "\" IS 'x'");
            Files.createFile(go);
            String renaming = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE"
                    + " 'ALTER DATABASE \"" + name + "\" RENAME%'";
            while (!server.must("postgres", renaming).equals("1")) {
                Thread.onSpinWait();
            }
            child.signal("KILL");
            assertThat(child.await().exit()).isEqualTo(KILLED);
            outside.must("ROLLBACK");

            assertThat(IndependentRows.of(shop)).isEqualTo(bad);
            assertThat(kept().exists()).isFalse();
            theNextRunsWork(false);
        } finally {
            Files.deleteIfExists(go);
            Files.deleteIfExists(Path.of(go + ".reached"));
        }
    }

    @Test
    void theNextOneTellsOfIt() {
        cli().start("restore/ROWS:kill", "restore", id, "--swap", "--yes").await();
        assertThat(cli().run("restore", id, "--swap", "--yes").well().err())
                .contains("was killed", "the restore of source");
    }
}
