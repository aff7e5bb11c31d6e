package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Child;
import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.OldestAndNewestPostgres;
import dev.holdfast.postgres.testing.PsqlSession;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.testing.Seeds;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Large objects that were written to, cut, removed or made go back in place with their bytes, holes, owners and rights. */
@Timeout(180)
final class InPlaceLargeObjectsTest {
    @TempDir
    private Path folder;

    private final TestServer newest = TestServers.newest();

    private Cli cli(TestDatabase database) {
        return Cli.of(database, folder.resolve(database.name()));
    }

    /** All that can be seen of them: what the server's functions say, and the pages as they are kept. */
    private static List<String> seen(TestDatabase database) {
        return List.of(database.must(LargeObjectsTest.SEEN), database.must(LargeObjectsTest.PAGES));
    }

    @OldestAndNewestPostgres
    void theyGoBackFromDamageOfEveryShape(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            LargeObjectsTest.fill(server, database);
            Cli cli = cli(database);
            cli.run("backup").well();
            List<String> before = seen(database);
            database.must("""
                    SELECT lo_put(101, 0, 'not empty any more');
                    SELECT lo_put(102, 3, 'ly longer');
                    SELECT lo_unlink(103);
                    SELECT lo_put(104, 5000, 'in the hole');
                    SELECT lo_put(105, 4000, 'over the cut end and far behind it');
                    SELECT lo_put(106, 100, 'where nothing was'); SELECT lo_put(106, 90000, 'behind');
                    BEGIN; SELECT lo_truncate64(lo_open(107, 131072), 7000); COMMIT;
                    BEGIN; SELECT lo_truncate64(lo_open(108, 131072), 0); COMMIT;
                    SELECT lo_create(109); SELECT lo_from_bytea(110, 'new'); ALTER LARGE OBJECT 110 OWNER TO lo_guest;
                    SELECT lo_unlink(n) FROM generate_series(200001, 200500) n;
                    DELETE FROM letters WHERE id = 2;
                    """);
            List<String> damaged = seen(database);
            assertThat(damaged).isNotEqualTo(before);
            Ran ran = cli.run("restore", "latest", "--yes").well();
            assertThat(seen(database)).isEqualTo(before);
            assertThat(ran.out())
                    .contains("501 large objects made again", "2 large objects removed that the backup does not have");
            cli.run("rollback", "--yes").well();
            assertThat(seen(database)).isEqualTo(damaged);
        } finally {
            LargeObjectsTest.forget(server);
        }
    }

    /** A run that makes an object again under its number makes it its own. */
    @Test
    void whatOnesKeepThatTheBackupHasOtherwiseIsSaid() {
        newest.must("postgres", "CREATE ROLE lo_kept");
        try (TestDatabase database = newest.fresh()) {
            database.must(
                    "SELECT lo_from_bytea(n, 'a') FROM generate_series(11, 15) n; ALTER LARGE OBJECT 11 OWNER TO lo_kept;"
                            + " GRANT SELECT ON LARGE OBJECT 12 TO lo_kept; COMMENT ON LARGE OBJECT 13 IS 'said'");
            Cli cli = cli(database);
            cli.run("backup").well();
            database.must("SELECT lo_unlink(15)");
            assertThat(cli.run("restore", "latest", "--yes").well().err()).doesNotContain("large objects keep");
            database.must(
                    "SELECT lo_unlink(11); SELECT lo_from_bytea(11, 'b'); REVOKE ALL ON LARGE OBJECT 12 FROM lo_kept;"
                            + " COMMENT ON LARGE OBJECT 13 IS NULL; SELECT lo_put(14, 0, 'b')");
            assertThat(cli.run("restore", "latest", "--yes").well().err())
                    .contains(
                            "large objects keep owners, rights or comments that the backup has otherwise: 11, 12, 13\n");
            assertThat(database.must(
                            "SELECT string_agg(convert_from(lo_get(n), 'UTF8'), '') FROM generate_series(11, 15) n"))
                    .isEqualTo("aaaaa");
        } finally {
            newest.must("postgres", "DROP ROLE lo_kept");
        }
    }

    @Test
    void theyComeBackWhenAllAreGoneAndGoWhenThereWereNone() {
        try (TestDatabase database = newest.fresh()) {
            database.must("CREATE TABLE t AS SELECT 1 AS a");
            Cli cli = cli(database);
            String none = cli.run("backup").well().lastLine();
            database.must("SELECT lo_from_bytea(901, repeat('x', 100000)::bytea); SELECT lo_create(902)");
            List<String> some = seen(database);
            Ran compared = cli.run("compare", none);
            assertThat(compared.exit()).isEqualTo(1);
            assertThat(compared.out()).contains("schema       the same");
            String kept = cli.run("backup").well().lastLine();
            cli.run("restore", none, "--yes").well();
            assertThat(database.must("SELECT count(*) FROM pg_largeobject_metadata"))
                    .isEqualTo("0");
            assertThat(database.must("SELECT count(*) FROM pg_largeobject")).isEqualTo("0");
            assertThat(cli.run("compare", kept).exit()).isEqualTo(1);
            cli.run("restore", kept, "--yes").well();
            assertThat(seen(database)).isEqualTo(some);
        }
    }

    @Test
    void whatKeepsThemFromComingBackIsSaidWithAWayOutAndNothingIsDone() {
        newest.must("postgres", "CREATE ROLE lo_leaving");
        try (TestDatabase database = newest.fresh()) {
            database.must("SELECT lo_from_bytea(11, 'a'); ALTER LARGE OBJECT 11 OWNER TO lo_leaving");
            Cli cli = cli(database);
            cli.run("backup").well();
            database.must("SELECT lo_unlink(11); DROP ROLE lo_leaving");
            Ran ownerless = cli.run("restore", "latest", "--yes");
            Failures.assertClear(ownerless, 3);
            assertThat(ownerless.err()).contains("CREATE ROLE lo_leaving first");
            database.must(
                    "CREATE ROLE lo_leaving; SELECT count(lo_from_bytea(n, 'b')) FROM generate_series(100001, 200000) n");
            Ran many = cli.run("restore", "latest", "--yes");
            Failures.assertClear(many, 3);
            assertThat(many.err()).contains("max_locks_per_transaction", "lo_unlink");
            assertThat(database.must("SELECT count(*), min(oid::bigint) FROM pg_largeobject_metadata"))
                    .isEqualTo("100000|100001");
        } finally {
            newest.must("postgres", "DROP ROLE lo_leaving");
        }
    }

    @Test
    void moreThanTheServerHasLocksForComeBackToTheirOwner() {
        newest.must("postgres", "CREATE ROLE lo_many");
        try (TestDatabase database = newest.fresh()) {
            database.must("SET ROLE lo_many; SELECT count(lo_from_bytea(300000 + n, 'x'))"
                    + " FROM generate_series(1, 40000) n; GRANT SELECT ON LARGE OBJECT 300007 TO PUBLIC");
            Cli cli = cli(database);
            cli.run("backup").well();
            List<String> before = seen(database);
            for (int from = 300_001; from <= 340_000; from += 5000) {
                database.must("SELECT count(lo_unlink(n)) FROM generate_series(" + from + ", " + (from + 4999) + ") n");
            }
            cli.run("restore", "latest", "--yes").well();
            assertThat(seen(database)).isEqualTo(before);
        } finally {
            newest.must("postgres", "DROP ROLE lo_many");
        }
    }

    @Test
    void whoeverWritesOneWaitsAndFindsItAsItWas() {
        try (TestDatabase database = newest.fresh();
                var writer = new PsqlSession(database)) {
            database.must("CREATE TABLE t (a int); SELECT lo_from_bytea(901, 'a letter')");
            Cli cli = cli(database);
            cli.run("backup").well();
            database.must("SELECT lo_put(901, 0, 'A')");
            writer.must("BEGIN; SELECT lo_put(901, 2, 'L')");
            Child restore = cli.start("", "restore", "latest", "--yes");
            awaitWaiter(database);
            writer.must("INSERT INTO t VALUES (1); COMMIT");
            restore.await().well();
            assertThat(database.must("SELECT lo_get(901) = 'a letter'")).isEqualTo("t");
            cli.run("rollback", "--yes").well();
            assertThat(database.must("SELECT lo_get(901) = 'A Letter'")).isEqualTo("t");
            assertThat(database.must("SELECT count(*) FROM t")).isEqualTo("1");
        }
    }

    /** The restore waits for who has written to a large object. */
    private static void awaitWaiter(TestDatabase database) {
        while (!database.must("SELECT count(*) > 0 FROM pg_locks WHERE NOT granted AND relation IN"
                        + " ('pg_largeobject'::regclass, 'pg_largeobject_metadata'::regclass)")
                .equals("t")) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aloneTheyAreReplacedAndTablesStay() {
        try (TestDatabase database = newest.fresh()) {
            database.must(
                    "CREATE TABLE t AS SELECT 1 AS a; SELECT lo_from_bytea(901, 'a'); SELECT lo_from_bytea(902, 'b')");
            Cli cli = cli(database);
            cli.run("backup").well();
            List<String> before = seen(database);
            database.must(
                    "DELETE FROM t; SELECT lo_unlink(901); SELECT lo_put(902, 0, 'B'); SELECT lo_from_bytea(903, 'c');"
                            + " SELECT lo_create(904)");
            cli.run("restore", "latest", "--table", "pg_largeobject", "--yes").well();
            assertThat(database.must("SELECT lo_unlink(904)"))
                    .isEqualTo("1"); // nothing tells an empty one from those that stay
            assertThat(seen(database)).isEqualTo(before);
            assertThat(database.must("SELECT count(*) FROM t")).isEqualTo("0");
        }
    }

    @Test
    void whoMayNotLockThemIsRefusedBeforeAnyTableIsPutBack() {
        newest.must("postgres", "CREATE ROLE lo_keeper LOGIN");
        try (TestDatabase database = newest.fresh()) {
            database.must(
                    "GRANT ALL ON SCHEMA public TO lo_keeper; SET ROLE lo_keeper; CREATE TABLE t AS SELECT 1 AS a;"
                            + " SELECT lo_from_bytea(901, 'a letter')");
            Cli cli = cli(database).with("HOLDFAST_DB", database.url().replace("postgres@", "lo_keeper@"));
            cli.run("backup").well();
            database.must("DELETE FROM t");
            cli.run("restore", "latest", "--yes").well();
            assertThat(database.must("SELECT count(*) FROM t")).isEqualTo("1");
            for (String damage :
                    List.of("SELECT lo_put(901, 0, 'A')", "SELECT lo_create(902)", "SELECT lo_unlink(901)")) {
                database.must("SET ROLE lo_keeper; DELETE FROM t; " + damage);
                List<String> damaged = IndependentRows.largeObjects(database);
                Ran ran = cli.run("restore", "latest", "--yes");
                Failures.assertClear(ran, 2);
                assertThat(ran.err()).contains("large objects have changed", "superuser", "--into", "--swap");
                assertThat(IndependentRows.largeObjects(database)).isEqualTo(damaged);
                assertThat(database.must("SELECT count(*) FROM t")).isEqualTo("0");
            }
            database.must("DROP OWNED BY lo_keeper");
        } finally {
            newest.must("postgres", "DROP ROLE lo_keeper");
        }
    }

    /** Objects of a few pages, written, cut, made and removed at random; what comes of it must be what was there. */
    @Test
    void theyGoBackFromAnyHistory() {
        Seeds seeds = Seeds.of("InPlaceLargeObjectsTest");
        Random random = seeds.random();
        try (TestDatabase database = newest.fresh()) {
            Cli cli = cli(database);
            database.must(history(random, 60));
            for (int i = 0; i < 6; i++) {
                String backup = cli.run("backup").well().lastLine();
                List<String> before = seen(database);
                database.must(history(random, 1 + random.nextInt(40)));
                List<String> after = seen(database);
                cli.run("restore", backup, "--yes").well();
                assertThat(seen(database)).as("seed " + seeds.seed()).isEqualTo(before);
                cli.run("rollback", "--yes").well();
                assertThat(seen(database)).as("seed " + seeds.seed()).isEqualTo(after);
            }
        }
    }

    private static String history(Random random, int steps) {
        var sql = new StringBuilder();
        for (int i = 0; i < steps; i++) {
            int object = 1 + random.nextInt(12);
            String there = " FROM pg_largeobject_metadata WHERE oid = " + object + ";\n";
            int place = random.nextInt(5) * 2048 + random.nextInt(3) * random.nextInt(2048);
            sql.append(
                    switch (random.nextInt(5)) {
                        case 0 ->
                            "SELECT lo_create(" + object + ") WHERE NOT EXISTS (SELECT" + there.replace(";", ");");
                        case 1 -> "SELECT lo_unlink(oid)" + there;
                        case 2 ->
                            "BEGIN; SELECT lo_truncate64(lo_open(oid, 131072), " + place + ")" + there + "COMMIT;\n";
                        default ->
                            "SELECT lo_put(oid, " + place + ", repeat('" + (char) ('a' + random.nextInt(26)) + "', "
                                    + random.nextInt(3000) + ")::bytea)" + there;
                    });
        }
        return sql.toString();
    }
}
