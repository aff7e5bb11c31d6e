package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.OldestAndNewestPostgres;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Before a restore in place is committed it is compared with the backup; of a large table only what was touched is read again. */
final class InPlaceCheckTest {
    /** Three ranges, in few rows. */
    private static final String LARGE = """
            CREATE TABLE large (id int PRIMARY KEY, v text);
            INSERT INTO large SELECT i, repeat(md5(i::text), 50) FROM generate_series(1, 6000) i;
            CREATE TABLE small AS SELECT 1 AS a;
            """;

    @TempDir
    private Path folder;

    /** The rows go into pages that the deleted ones left, into those that were free before, and behind the last one. */
    @OldestAndNewestPostgres
    void rowsOfALargeTableComeBackWhereverTheyFindRoom(TestServer server) {
        try (TestDatabase shop = server.fresh()) {
            shop.must(LARGE + "; DELETE FROM large WHERE id BETWEEN 2000 AND 2100; VACUUM large");
            Cli cli = Cli.of(shop, folder);
            String backup = cli.run("backup").well().lastLine();
            Map<String, String> before = IndependentRows.of(shop);
            for (String damage : List.of(
                    "UPDATE large SET v = 'x' WHERE id % 100 = 7",
                    "DELETE FROM large WHERE id > 50",
                    "UPDATE large SET v = v || 'x'",
                    "DELETE FROM large WHERE id = 3; INSERT INTO large SELECT -i, 'new' FROM generate_series(1, 30000) i",
                    "VACUUM FULL large",
                    "DELETE FROM large WHERE id > 5900")) {
                shop.must(damage);
                cli.run("restore", backup, "--yes").well();
                assertThat(IndependentRows.of(shop)).as(damage).isEqualTo(before);
            }
        }
    }

    /** What is refreshed runs functions, and those may write in our transaction. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE large SET v = 'other' WHERE id = 5000",
                "INSERT INTO large VALUES (-1, 'other')",
                "DELETE FROM large WHERE id = 100",
                "INSERT INTO small VALUES (2)",
            })
    void nothingIsCommittedWhenAnythingElseHasWritten(String writing) {
        isRefused(writing, "would not be equal to the backup");
    }

    /** The server counts none of this as writing to a table. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "TRUNCATE small",
                "DROP TABLE small",
                "ALTER TABLE small ALTER a TYPE int USING a + 1",
                "ALTER TABLE small DROP COLUMN a",
            })
    void nothingIsCommittedWhenAnythingElseHasEmptiedOrChangedATable(String changing) {
        isRefused(changing, "something else emptied, rewrote, changed or dropped tables: table public.");
    }

    @Test
    void nothingIsCommittedWhenAnythingElseHasWrittenToLargeObjects() {
        isRefused("PERFORM lo_put(1001, 0, 'other')", "pg_largeobject would not be equal to the backup");
        isRefused("PERFORM lo_create(1002)", "something else made or removed large objects");
        isRefused("PERFORM lo_unlink(1001)", "something else made or removed large objects");
    }

    /** A function that a materialized view calls does it while the rows go back. */
    private void isRefused(String writing, String why) {
        try (TestDatabase shop = TestServers.newest().fresh()) {
            shop.must(LARGE + """
                    SELECT lo_from_bytea(1001, 'object');
                    CREATE TABLE armed (yes boolean); INSERT INTO armed VALUES (false);
                    CREATE FUNCTION other() RETURNS int LANGUAGE plpgsql SET search_path = public AS
                      'BEGIN IF (SELECT yes FROM armed) THEN %s; END IF; RETURN 1; END';
                    CREATE MATERIALIZED VIEW seen AS SELECT count(*), other() FROM large;
                    UPDATE armed SET yes = true;
                    """.formatted(writing.replace("'", "''")));
            Cli cli = Cli.of(shop, folder.resolve(shop.name()));
            String backup = cli.run("backup").well().lastLine();
            shop.must("DELETE FROM large WHERE id BETWEEN 4000 AND 4050");
            Map<String, String> damaged = IndependentRows.of(shop);
            Ran ran = cli.run("restore", backup, "--yes");
            Failures.assertClear(ran, 3);
            assertThat(ran.err()).contains(why);
            assertThat(IndependentRows.of(shop)).isEqualTo(damaged);
        }
    }

    /** POSTGRES.md C1: the tables that nobody asked for are looked at, too. */
    @OldestAndNewestPostgres
    void ofASingleTableNothingIsCommittedWhenAnythingElseHasWritten(TestServer server) {
        try (TestDatabase shop = server.fresh()) {
            shop.must(LARGE + """
                    CREATE FUNCTION other() RETURNS int LANGUAGE plpgsql SET search_path = public AS
                      'BEGIN INSERT INTO small VALUES (2); RETURN 1; END';
                    CREATE MATERIALIZED VIEW seen AS SELECT count(*), other() FROM large;
                    """);
            Cli cli = Cli.of(shop, folder);
            cli.run("backup").well();
            shop.must("DELETE FROM large WHERE id > 5900");
            Map<String, String> damaged = IndependentRows.of(shop);
            Ran ran = cli.run("restore", "latest", "--table", "large", "--yes");
            Failures.assertClear(ran, 3);
            assertThat(ran.err()).contains("something wrote to other tables, too: [public.small]");
            assertThat(IndependentRows.of(shop)).isEqualTo(damaged);
        }
    }

    @OldestAndNewestPostgres
    void whereTheServerCountsNothingTheWholeIsComparedAndASingleTableIsRefused(TestServer server) {
        try (TestDatabase shop = server.fresh()) {
            shop.must(LARGE);
            shop.alter("SET track_counts = off");
            Cli cli = Cli.of(shop, folder);
            cli.run("backup").well();
            Map<String, String> before = IndependentRows.of(shop);
            shop.must("DELETE FROM large WHERE id > 5900");
            Map<String, String> damaged = IndependentRows.of(shop);
            Ran refused = cli.run("restore", "latest", "--table", "large", "--yes");
            Failures.assertClear(refused, 3);
            assertThat(refused.err()).contains("track_counts");
            assertThat(IndependentRows.of(shop)).isEqualTo(damaged);
            cli.run("restore", "latest", "--yes").well();
            assertThat(IndependentRows.of(shop)).isEqualTo(before);
        }
    }

    /** POSTGRES.md C13. */
    @OldestAndNewestPostgres
    void aViewThatCannotBeMadeAnewIsNamedAndKeepsNoRowsAway(TestServer server) {
        try (TestDatabase shop = server.fresh()) {
            shop.must(LARGE + """
                    CREATE MATERIALIZED VIEW broken AS SELECT count(*) / (SELECT a FROM small) AS n FROM large;
                    CREATE MATERIALIZED VIEW seen AS SELECT count(*) AS n FROM large;
                    UPDATE small SET a = 0;
                    """);
            Cli cli = Cli.of(shop, folder);
            cli.run("backup").well();
            Map<String, String> before = IndependentRows.of(shop);
            shop.must("DELETE FROM large WHERE id > 5900; REFRESH MATERIALIZED VIEW seen");
            var findings = new Findings();
            cli.run(findings, "restore", "latest", "--yes").well();
            assertThat(findings.named()).containsExactly("not_refreshed " + shop.name());
            assertThat(IndependentRows.of(shop)).isEqualTo(before);
        }
    }

    @OldestAndNewestPostgres
    void aSafetyBackupIsTakenBeforeTheLockOnlyWhenMuchWasWrittenSinceTheLastOne(TestServer server) {
        try (TestDatabase shop = server.fresh()) {
            shop.must(LARGE);
            Cli cli = Cli.of(shop, folder);
            String backup = cli.run("backup").well().lastLine();
            Map<String, String> before = IndependentRows.of(shop);
            shop.must("DELETE FROM small");
            cli.run("restore", backup, "--yes").well();
            assertThat(cli.safetyBackups()).hasSize(1);
            shop.must("DELETE FROM small");
            server.writeMuchLog();
            cli.run("restore", backup, "--yes").well();
            assertThat(cli.safetyBackups()).hasSize(3);
            assertThat(IndependentRows.of(shop)).isEqualTo(before);
        }
    }
}
