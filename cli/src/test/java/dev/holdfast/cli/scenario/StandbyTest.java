package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.backup.BackupStep;
import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.SchemaTexts;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.postgres.testing.TestStandby;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A standby is as good a source as its primary, but for what it does not have. */
@Timeout(180)
final class StandbyTest {
    @TempDir
    private Path folder;

    private Cli of(TestStandby standby, TestDatabase database) {
        return Cli.of(database, folder).with("HOLDFAST_DB", standby.url(database.name()));
    }

    @EachPostgres
    void aBackupOfAStandbyHoldsEverythingButWhatIsUnloggedWhichIsNamed(TestServer server) {
        assumeTrue(TestStandby.canBeMade(server));
        try (TestDatabase shop = server.fresh();
                TestDatabase copy = server.database(shop.name() + "_copy");
                TestStandby standby = TestStandby.of(server, Map.of())) {
            SampleDatabase.fill(shop);
            shop.must("CREATE UNLOGGED TABLE \"Has ty\" (id int GENERATED ALWAYS AS IDENTITY, b text);"
                    + " INSERT INTO \"Has ty\" (b) VALUES ('x')");
            standby.catchUp();
            Ran ran = of(standby, shop).run("backup", "--json").well();
            List<String> unlogged =
                    ran.json().objects("findings", each -> each.string("code") + " " + each.string("object"));
            assertThat(unlogged).contains("unlogged_on_standby public.Has ty", "unlogged_on_standby public.hasty");
            assertThat(unlogged.contains("unlogged_on_standby public.Has ty_id_seq"))
                    .isEqualTo(server.major() >= 15);

            Cli.of(shop, folder).run("restore", "latest", "--into", copy.name()).well();
            shop.must("TRUNCATE hasty, \"Has ty\"");
            assertThat(IndependentRows.of(copy)).isEqualTo(IndependentRows.of(shop));
            assertThat(SchemaTexts.of(copy)).isEqualTo(SchemaTexts.of(shop));
            // a standby knows sequences in steps, never behind
            assertThat(copy.must("INSERT INTO orders (customer) VALUES (1) RETURNING id > 20000"))
                    .isEqualTo("t");
            assertThat(copy.must("SELECT last_value FROM counter")).isEqualTo("75");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE FROM t; VACUUM t", "DROP TABLE t", "ALTER TABLE t ADD b int"})
    void whatTheStandbyReplaysInsteadOfWaitingForUsIsAClearFailure(String change) {
        assumeTrue(TestStandby.canBeMade(TestServers.newest()));
        TestServer server = TestServers.newest();
        try (TestDatabase shop = server.fresh();
                TestStandby standby = TestStandby.of(
                        server, Map.of("max_standby_streaming_delay", "0", "hot_standby_feedback", "off"))) {
            shop.must("CREATE TABLE t AS SELECT generate_series(1, 1000) AS a");
            standby.catchUp();
            When when = When.at(BackupStep.ROWS, () -> {
                shop.must(change);
                standby.catchUp();
            });
            Ran ran = of(standby, shop).run(when, "backup");
            assertThat(when.happened()).isTrue();
            Failures.assertClear(ran, 2);
            assertThat(ran.err()).contains("hot_standby_feedback");
            Cli.of(shop, folder).run("list").well();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SNAPSHOT", "ROWS", "PIECES", "SETTLE", "CONFIRM"})
    void aStandbyThatIsPromotedHalfwayGivesTheWholeMomentOrNone(BackupStep step) {
        assumeTrue(TestStandby.canBeMade(TestServers.newest()));
        TestServer server = TestServers.newest();
        try (TestDatabase shop = server.fresh();
                TestDatabase copy = server.database(shop.name() + "_copy");
                TestStandby standby = TestStandby.of(server, Map.of())) {
            shop.must(
                    "CREATE TABLE t AS SELECT generate_series(1, 1000) AS a; CREATE UNLOGGED TABLE u AS SELECT 1 AS b");
            standby.catchUp();
            When when = When.at(step, () -> {
                standby.promote();
                standby.must(shop.name(), "INSERT INTO t VALUES (1001); INSERT INTO u VALUES (2)");
            });
            Ran ran = of(standby, shop).run(when, "backup").well();
            assertThat(when.happened()).isTrue();
            Cli.of(shop, folder).run("restore", "latest", "--into", copy.name()).well();
            String rows = copy.must("SELECT count(*) FROM t");
            String unlogged = copy.must("SELECT count(*) FROM u");
            if (step == BackupStep.SNAPSHOT) { // the promotion came first
                assertThat(List.of(rows, unlogged)).containsExactly("1001", "1");
                assertThat(ran.err()).doesNotContain("unlogged");
            } else {
                assertThat(List.of(rows, unlogged)).containsExactly("1000", "0");
                assertThat(ran.err()).contains("table public.u is unlogged");
            }
        }
    }
}
