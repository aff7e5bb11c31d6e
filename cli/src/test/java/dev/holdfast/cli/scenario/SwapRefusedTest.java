package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestPooler;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.restore.RestoreStep;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A swap that cannot be done, or goes wrong on its way: nothing is changed, or all is put back. */
final class SwapRefusedTest {
    @TempDir
    private Path folder;

    private final TestServer server = TestServers.newest();
    private final TestDatabase shop = server.fresh();
    private final TestDatabase other = server.fresh();
    private List<String> databases = List.of();
    private Map<String, String> rows = Map.of();
    private String id = "";

    @BeforeEach
    void make() {
        shop.must("CREATE TABLE t AS SELECT generate_series(1, 1000) AS a");
        other.must("CREATE TABLE precious AS SELECT 1 AS a");
        id = cli().run("backup").well().lastLine();
        shop.must("DELETE FROM t WHERE a > 500");
        rows = IndependentRows.of(shop);
        databases = server.databases();
    }

    @AfterEach
    void drop() {
        shop.close();
        other.close();
    }

    private Cli cli() {
        return Cli.of(shop, folder);
    }

    /** Before anything is changed: there is not even a safety backup. */
    private void assertRefused(Ran ran, String... words) {
        Failures.assertClear(ran, 2);
        assertThat(ran.err()).contains(words);
        assertUntouched(1);
    }

    private void assertUntouched(int backups) {
        assertThat(server.databases()).isEqualTo(databases);
        assertThat(IndependentRows.of(shop)).isEqualTo(rows);
        assertThat(IndependentRows.of(other)).containsOnlyKeys("public.precious");
        assertThat(cli().run("list", "--json").well().json().objects("backups", each -> each))
                .hasSize(backups);
    }

    @Test
    void aBackupOfAnotherDatabase() {
        Cli there = Cli.of(other, folder);
        assertRefused(
                there.run("restore", shop.name() + "/" + id, "--swap", "--yes"),
                "is not of database " + other.name(),
                "--into NAME",
                "--same-source");
    }

    @Test
    void bothWaysAtOnce() {
        assertRefused(cli().run("restore", id, "--swap", "--into", "x", "--yes"), "exclude each other");
    }

    @Test
    void noDatabaseThatIsNamed() {
        String url = shop.url().substring(0, shop.url().lastIndexOf('/'));
        assertRefused(cli().with("HOLDFAST_DB", url).run("restore", shop.name() + "/" + id, "--swap", "--yes"), "--db");
    }

    @Test
    void aRoleThatMayNotCreateDatabases() {
        server.must("postgres", "CREATE ROLE no_maker LOGIN");
        shop.alter("OWNER TO no_maker");
        try {
            assertRefused(
                    cli().with("HOLDFAST_DB", shop.url().replace("postgres@", "no_maker@"))
                            .run("restore", id, "--swap", "--yes"),
                    "may not create databases",
                    "CREATEDB");
        } finally {
            shop.alter("OWNER TO postgres");
            server.must("postgres", "DROP ROLE no_maker");
        }
    }

    @Test
    void aPoolerOnTheWay() {
        assumeTrue(TestPooler.isHere());
        try (TestPooler pooler = TestPooler.start(server, Map.of(), "\"postgres\" \"\"\n")) {
            assertRefused(
                    cli().with("HOLDFAST_DB", pooler.url("postgres", shop.name()))
                            .run("restore", id, "--swap", "--yes"),
                    "a pooler stands between",
                    "name the server itself");
        }
    }

    @Test
    void withoutASafetyBackupNothingIsReplaced() {
        shop.must("SET allow_system_table_mods = on; UPDATE pg_class SET relfilenode = 1 WHERE relname = 't'");
        Ran ran = cli().run("restore", id, "--swap", "--yes");
        assertThat(ran.exit()).as(ran.err()).isEqualTo(2);
        assertThat(ran.err()).contains("no safety backup, so nothing is replaced");
        assertThat(server.databases()).isEqualTo(databases);
    }

    @Test
    void aDatabaseThatIsLostOnTheWayIsPutBack() {
        When when = When.at(
                RestoreStep.CHECK,
                () -> server.databases().stream()
                        .filter(name -> !databases.contains(name))
                        .forEach(name -> server.database(name).close()));
        Ran ran = cli().run(when, "restore", id, "--swap", "--yes");
        assertThat(when.happened()).isTrue();
        assertThat(ran.exit()).as(ran.err()).isEqualTo(3);
        assertUntouched(2);
    }

    @ParameterizedTest
    @CsvSource({
        "INT, 130, swap/SAFETY, 1",
        "TERM, 143, backup/ROWS, 1",
        "INT, 130, restore/ROWS, 2",
        "TERM, 143, swap/BIND, 2"
    })
    void anInterruptOnTheWay(String signal, int exit, String step, int backups) {
        Ran ran = cli().start(step + ":signal=" + signal, "restore", id, "--swap", "--yes")
                .await();
        assertThat(ran.exit()).as(ran.err()).isEqualTo(exit);
        assertThat(ran.err()).contains("holdfast: interrupted").doesNotContain("\tat ");
        assertUntouched(backups);
    }

    @Test
    void aPlainOwnerWhoMayMakeDatabasesIsNotRefused() {
        server.must("postgres", "CREATE ROLE plain_swapper LOGIN CREATEDB");
        shop.alter("OWNER TO plain_swapper");
        shop.must("ALTER TABLE t OWNER TO plain_swapper");
        try (TestDatabase kept = server.database(shop.name() + "_before_x")) {
            Cli plain = cli().with("HOLDFAST_DB", shop.url().replace("postgres@", "plain_swapper@"));
            String owned = plain.run("backup").well().lastLine();
            plain.run("restore", owned, "--swap", "--yes").well();
            assertThat(IndependentRows.of(shop)).isEqualTo(rows);
            server.must("postgres", "ALTER DATABASE " + shop.name() + "_before_" + owned + " RENAME TO " + kept.name());
        } finally {
            shop.close();
            server.must("postgres", "DROP ROLE plain_swapper");
        }
    }
}
