package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.OldestAndNewestPostgres;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Taking restores back, by the journal's links. */
final class RollbackTest {
    @TempDir
    private Path folder;

    @OldestAndNewestPostgres
    void theLastRestoreIsTakenBackAndThatToo(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must("CREATE TABLE t AS SELECT i AS id, 'v' AS v FROM generate_series(1, 500) i");
            Cli cli = Cli.of(database, folder);
            String backup = cli.run("backup").well().lastLine();
            Ran none = cli.run("rollback", "--yes");
            assertThat(none.exit()).isEqualTo(2);
            assertThat(none.err()).contains("no restore or guarded command of database " + database.name());
            database.must("UPDATE t SET v = 'precious' WHERE id < 100");
            Map<String, String> precious = IndependentRows.of(database);
            cli.run("restore", "latest", "--yes").well();
            assertThat(IndependentRows.of(database)).isNotEqualTo(precious);

            assertThat(cli.run("rollback").exit()).isEqualTo(2);
            cli.run("rollback", "--yes").well();
            assertThat(IndependentRows.of(database)).isEqualTo(precious);
            Ran again = cli.run("rollback", "--yes");
            assertThat(again.exit()).isEqualTo(2);
            assertThat(again.err()).contains("was a rollback itself", "holdfast rollback " + database.name() + "/");
            assertThat(IndependentRows.of(database)).isEqualTo(precious);
            cli.run("rollback", backup, "--yes").well();
            assertThat(database.must("SELECT count(*) FROM t WHERE v = 'v'")).isEqualTo("500");
        }
    }

    /** A person who restores {@code latest} again does not mean what the first restore replaced. */
    @OldestAndNewestPostgres
    void latestIsNeverASafetyBackup(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must("CREATE TABLE t AS SELECT 1 AS id");
            Cli cli = Cli.of(database, folder);
            String backup = cli.run("backup").well().lastLine();
            database.must("UPDATE t SET id = 2");
            cli.run("restore", "latest", "--yes").well();
            assertThat(cli.run("restore", "latest", "--yes").well().out())
                    .contains(backup, "no row had to be put back");
            assertThat(database.must("SELECT id FROM t")).isEqualTo("1");
        }
    }

    @OldestAndNewestPostgres
    void aSchemaThatHasChangedSinceIsTakenBackByAnExchange(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must("CREATE TABLE t AS SELECT i AS id FROM generate_series(1, 500) i");
            Cli cli = Cli.of(database, folder);
            cli.run("backup").well();
            database.must("DELETE FROM t WHERE id > 10");
            cli.run("restore", "latest", "--yes").well();
            database.must("ALTER TABLE t ADD more text DEFAULT 'new'; CREATE TABLE u (a int)");
            Ran ran = cli.run("rollback", "--yes").well();
            assertThat(ran.err()).contains("TABLE public.t", "exchanged");
            assertThat(database.must("SELECT count(*), to_regclass('u') IS NULL FROM t"))
                    .isEqualTo("10|t");
            String kept = ran.out().replaceAll("(?s).*stays as (\\S+);.*", "$1");
            assertThat(server.database(kept).must("SELECT count(*) FROM t WHERE more = 'new'"))
                    .isEqualTo("500");
            server.database(kept).close();
        }
    }

    @OldestAndNewestPostgres
    void ofSingleTablesOnlyThoseGoBack(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must("CREATE TABLE t AS SELECT 1 AS id; CREATE TABLE u AS SELECT 1 AS id;"
                    + " CREATE SCHEMA other; CREATE TABLE other.t AS SELECT 1 AS id");
            Cli cli = Cli.of(database, folder);
            String backup = cli.run("backup").well().lastLine();
            database.must("UPDATE t SET id = 2; UPDATE other.t SET id = 2");
            Ran unclear = cli.run("restore", backup, "--table", "t", "--yes");
            Failures.assertClear(unclear, 2);
            assertThat(unclear.err()).contains("other.t, public.t");
            Ran ran = cli.run("restore", backup, "--table", "public.t", "--yes").well();
            String safety = ran.lastLine().replaceAll(".* restore (\\S+) .*", "$1");
            assertThat(ran.lastLine()).endsWith("holdfast restore " + safety + " --table public.t");
            database.must("INSERT INTO u VALUES (7)");
            cli.run("rollback", "--yes").well();
            assertThat(database.must("SELECT (SELECT id FROM t), (SELECT id FROM other.t), (SELECT count(*) FROM u)"))
                    .isEqualTo("2|2|2");
            Ran again = cli.run("rollback", "--yes");
            Failures.assertClear(again, 2);
            assertThat(again.err())
                    .containsPattern("hint: holdfast restore \\S+ --table public.t goes back to what was before it");
        }
    }

    @OldestAndNewestPostgres
    void aRestoreOfWhichNobodyKnowsHowItEndedIsNotPassedOver(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must("CREATE TABLE t AS SELECT 1 AS id");
            Cli cli = Cli.of(database, folder);
            String backup = cli.run("backup").well().lastLine();
            database.must("UPDATE t SET id = 2");
            cli.run("restore", backup, "--yes").well();
            database.must("UPDATE t SET id = 3");
            cli.start("inplace/JOURNAL:kill", "restore", backup, "--yes").await();
            Ran ran = cli.run("rollback", "--yes");
            Failures.assertClear(ran, 2);
            assertThat(ran.err()).contains("how the last restore ended is not known (killed)");
            assertThat(database.must("SELECT id FROM t")).isEqualTo("1");
        }
    }

    @OldestAndNewestPostgres
    void aRollbackByTheNameThatWasPrintedIsARollback(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must("CREATE TABLE t AS SELECT 1 AS id");
            Cli cli = Cli.of(database, folder);
            String backup = cli.run("backup").well().lastLine();
            database.must("UPDATE t SET id = 2");
            String printed =
                    cli.run("restore", backup, "--yes").well().lastLine().replaceAll(".* ", "");
            cli.run("rollback", printed, "--yes").well();
            Ran again = cli.run("rollback", "--yes");
            Failures.assertClear(again, 2);
            assertThat(again.err()).contains("was a rollback itself");
            assertThat(database.must("SELECT id FROM t")).isEqualTo("2");
        }
    }
}
