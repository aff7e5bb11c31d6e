package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.PsqlSession;
import dev.holdfast.postgres.testing.SchemaTexts;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Databases of odd shapes and roles with odd settings: put back in place, or refused with nothing changed. */
@Timeout(180)
final class InPlaceOddTest {
    @TempDir
    private Path folder;

    private final TestServer server = TestServers.newest();

    private Cli as(TestDatabase database, String role) {
        return Cli.of(database, folder.resolve(database.name()))
                .with("HOLDFAST_DB", database.url().replace("postgres@", role + "@"));
    }

    /** Makes the schema, takes a backup, damages it, and puts it back by a process with little memory. */
    private void comesBack(String schema, String damage) {
        try (TestDatabase database = server.fresh()) {
            database.must(schema);
            Cli cli = as(database, "postgres");
            cli.run("backup").well();
            Map<String, String> before = IndependentRows.of(database);
            List<String> structure = SchemaTexts.of(database);
            database.must(damage);
            assertThat(IndependentRows.of(database)).isNotEqualTo(before);
            cli.start("", "restore", "latest", "--yes").await().well();
            assertThat(IndependentRows.of(database)).isEqualTo(before);
            assertThat(SchemaTexts.of(database)).isEqualTo(structure);
        }
    }

    @Test
    void wideTablesDroppedColumnsAndChildrenWithColumnsInAnotherOrder() {
        comesBack(
                """
                SELECT 'CREATE TABLE wide (' || string_agg('c' || i || ' smallint', ', ') || ')' FROM generate_series(1, 1600) i \\gexec
                INSERT INTO wide (c1, c1600) SELECT i, -i FROM generate_series(1, 200) i;
                CREATE TABLE lost (a int, gone text, b int, gone2 int, c text);
                INSERT INTO lost SELECT i, 'x', i, i, 'c' FROM generate_series(1, 100) i;
                ALTER TABLE lost DROP gone, DROP gone2, ADD d int DEFAULT 7;
                CREATE TABLE parent (a int, b text);
                CREATE TABLE child (c int, b text, a int); ALTER TABLE child INHERIT parent;
                INSERT INTO child SELECT i, 'b', -i FROM generate_series(1, 100) i;
                CREATE TABLE none ();
                INSERT INTO none SELECT FROM generate_series(1, 10);
                """,
                "UPDATE wide SET c800 = 3 WHERE c1 < 50; DELETE FROM lost WHERE a > 50; UPDATE lost SET d = 8 WHERE a < 5;"
                        + " UPDATE parent SET a = 0; DELETE FROM none; INSERT INTO none DEFAULT VALUES");
    }

    @Test
    void rowsOfTwentyMegabytes() {
        comesBack("""
                CREATE TABLE long (id int PRIMARY KEY, v text); ALTER TABLE long ALTER v SET STORAGE EXTERNAL;
                INSERT INTO long SELECT i, repeat(md5(i::text), 640 * 1024) FROM generate_series(1, 4) i;
                """, "UPDATE long SET v = 'short' WHERE id < 3; DELETE FROM long WHERE id = 4");
    }

    @Test
    void millionsOfEqualRows() {
        String all = "SELECT a, count(*) FROM equal GROUP BY a ORDER BY a"; // a fingerprint of millions takes long
        try (TestDatabase database = server.fresh()) {
            database.must("CREATE TABLE equal (a int); INSERT INTO equal SELECT 1 FROM generate_series(1, 2000000)");
            Cli cli = as(database, "postgres");
            cli.run("backup").well();
            database.must(
                    "DELETE FROM equal WHERE ctid IN (SELECT ctid FROM equal LIMIT 800000); UPDATE equal SET a = a;"
                            + " INSERT INTO equal SELECT 2 FROM generate_series(1, 100000)");
            assertThat(database.must(all).lines()).containsExactly("1|1200000", "2|100000");
            cli.start("", "restore", "latest", "--yes").await().well();
            assertThat(database.must(all).lines()).containsExactly("1|2000000");
        }
    }

    @Test
    void hundredsOfTablesAndTemporaryOnesOfOthers() {
        try (TestDatabase database = server.fresh();
                var other = new PsqlSession(database)) {
            database.must("""
                    SELECT format('CREATE TABLE t%s (id int PRIMARY KEY, v text)', i) FROM generate_series(1, 600) i \\gexec
                    SELECT format('INSERT INTO t%s VALUES (1, %L)', i, i) FROM generate_series(1, 600) i \\gexec
                    """);
            other.must("CREATE TEMPORARY TABLE mine AS SELECT 1 AS a; BEGIN; INSERT INTO mine VALUES (2)");
            Cli cli = as(database, "postgres");
            cli.run("backup").well();
            Map<String, String> before = IndependentRows.of(database);
            database.must("SELECT format('DELETE FROM t%s', i) FROM generate_series(1, 600, 3) i \\gexec\n");
            cli.run("restore", "latest", "--yes").well();
            assertThat(IndependentRows.of(database)).isEqualTo(before);
            assertThat(other.must("COMMIT; SELECT count(*) FROM mine")).containsExactly("2");
        }
    }

    /** Refused with a name, and everything is as it was. */
    private void isRefused(TestDatabase database, Cli cli, int exit, String... named) {
        Map<String, String> damaged = IndependentRows.of(database);
        List<String> objects = IndependentRows.largeObjects(database);
        Ran ran = cli.run("restore", "latest", "--yes");
        assertThat(IndependentRows.of(database)).isEqualTo(damaged);
        assertThat(IndependentRows.largeObjects(database)).isEqualTo(objects);
        Failures.assertClear(ran, exit);
        assertThat(ran.err()).contains(named);
    }

    @Test
    void aRoleThatOwnsNothingIsToldWhatItNeeds() {
        server.must("postgres", "CREATE ROLE odd_reader LOGIN; GRANT pg_read_all_data TO odd_reader");
        try (TestDatabase database = server.fresh()) {
            database.must("CREATE TABLE theirs (a int PRIMARY KEY); INSERT INTO theirs VALUES (1);"
                    + " CREATE TABLE child (a int REFERENCES theirs); INSERT INTO child VALUES (1)");
            Cli cli = as(database, "odd_reader");
            cli.run("backup").well();
            database.must("DELETE FROM child");
            isRefused(database, cli, 2, "permission denied for table", "the role must be the tables' owner");
            database.must("GRANT INSERT, DELETE, UPDATE ON theirs, child TO odd_reader; INSERT INTO child VALUES (1)");
            cli.run("backup").well();
            database.must("DELETE FROM child");
            Map<String, String> damaged = IndependentRows.of(database);
            Ran ran = cli.run("restore", "latest", "--yes");
            assertThat(ran.exit()).as(ran.err()).isIn(2, 3);
            Failures.assertClear(ran, ran.exit());
            assertThat(ran.err())
                    .contains("must be owner of table", "hint: to put rows back, the role must be the tables' owner");
            assertThat(IndependentRows.of(database)).isEqualTo(damaged);
            database.must("DROP OWNED BY odd_reader");
        } finally {
            server.must("postgres", "DROP ROLE odd_reader");
        }
    }

    @Test
    void aRoleWithShortTimeoutsThatReadsOnlyByDefault() {
        server.must(
                "postgres",
                "CREATE ROLE odd_hasty LOGIN SUPERUSER; ALTER ROLE odd_hasty SET statement_timeout = '500ms';"
                        + " ALTER ROLE odd_hasty SET default_transaction_read_only = on; ALTER ROLE odd_hasty SET lock_timeout = '500ms';"
                        + " ALTER ROLE odd_hasty SET idle_in_transaction_session_timeout = '500ms';"
                        + " ALTER ROLE odd_hasty SET default_transaction_isolation = 'serializable';"
                        + " ALTER ROLE odd_hasty SET default_transaction_deferrable = on");
        try (TestDatabase database = server.fresh()) {
            database.must("CREATE TABLE t AS SELECT i FROM generate_series(1, 50000) i");
            Cli cli = as(database, "odd_hasty");
            cli.run("backup").well();
            Map<String, String> before = IndependentRows.of(database);
            database.must("DELETE FROM t WHERE i % 3 = 0");
            cli.run("restore", "latest", "--yes").well();
            assertThat(IndependentRows.of(database)).isEqualTo(before);
        } finally {
            server.must("postgres", "DROP ROLE odd_hasty");
        }
    }

    @Test
    void anEventTriggerThatAllowsNoChangeOfTheSchema() {
        try (TestDatabase database = server.fresh()) {
            database.must("""
                    CREATE TABLE t (a int); INSERT INTO t SELECT -i FROM generate_series(1, 50) i;
                    ALTER TABLE t ADD CONSTRAINT pos CHECK (a > 0) NOT VALID;
                    CREATE FUNCTION frozen() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''frozen''; END';
                    CREATE EVENT TRIGGER frozen ON ddl_command_start EXECUTE FUNCTION frozen();
                    """);
            Cli cli = as(database, "postgres");
            cli.run("backup").well();
            Map<String, String> before = IndependentRows.of(database);
            List<String> structure = SchemaTexts.of(database);
            database.must("DELETE FROM t WHERE a < -40");
            cli.run("restore", "latest", "--yes").well();
            assertThat(IndependentRows.of(database)).isEqualTo(before);
            database.must("ALTER EVENT TRIGGER frozen ENABLE ALWAYS; DELETE FROM t WHERE a < -40");
            Map<String, String> damaged = IndependentRows.of(database);
            Ran ran = cli.run("restore", "latest", "--yes");
            assertThat(ran.exit()).as(ran.err()).isIn(2, 3);
            assertThat(IndependentRows.of(database)).isEqualTo(damaged);
            database.must("ALTER EVENT TRIGGER frozen ENABLE");
            assertThat(SchemaTexts.of(database)).isEqualTo(structure);
        }
    }
}
