package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.Likeness;
import dev.holdfast.postgres.testing.OldestAndNewestPostgres;
import dev.holdfast.postgres.testing.SchemaTexts;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.restore.RestoreStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases whose settings, comments or views are out of the ordinary come back, too. */
final class OddDatabasesTest {
    private static final String COMMENT =
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "quo\"te's",
                "back\\slash end ",
                "emoji\ud83d\ude00s",
                "-leading",
                "host=localhost dbname=postgres",
                "50%25",
                "postgresql://postgres@h/d?x#y",
                "a name of sixty-three bytes, which is as long as a name can be.",
            })
    void aDatabaseOfAnyNameIsBackedUpFoundAndBroughtBack(String name) {
        try (TestDatabase database = TestServers.newest().create(name);
                TestDatabase copy = TestServers.newest().database(copyOf(name))) {
            database.must("CREATE TABLE t AS SELECT 1 AS a");
            database.alter("SET work_mem = '7MB'");
            BringBack.of(folder, database, copy);
            Cli cli = Cli.of(database, folder);
            assertThat(cli.run("list").well().out()).contains("manual");
            assertThat(cli.run("show", "latest").well().out()).contains("1 table");
            assertThat(copy.must("SHOW work_mem")).isEqualTo("7MB");
        }
    }

    /** As odd, and as long; only what begins like an option is for the shell's user to escape. */
    private static String copyOf(String name) {
        return (name.startsWith("-") ? "c" : "") + name.substring(0, name.length() - 1) + "2";
    }

    @Test
    void aNameWithALineEndIsRefusedBeforeAnythingIsReadOrMade() {
        try (TestDatabase odd = TestServers.newest().create("line\nend");
                TestDatabase database = TestServers.newest().fresh()) {
            Ran refused = Cli.of(odd, folder).run("backup");
            Failures.assertClear(refused, 2);
            assertThat(refused.err()).contains("line end", "RENAME TO");
            Cli cli = Cli.of(database, folder);
            cli.run("backup").well();
            Ran unmade = cli.run("restore", "latest", "--into", "another\nend");
            Failures.assertClear(unmade, 2);
            assertThat(unmade.err()).contains("line end");
        }
    }

    /** plpgsql stands for an extension that made a table of its own. */
    @EachPostgres
    void rowsOfAnExtensionThatItDoesNotRegisterAreNamedAsLeftOut(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must("CREATE TABLE own AS SELECT generate_series(1, 500) AS a; ANALYZE own; CREATE TABLE bare ();"
                    + " CREATE TABLE fresh AS SELECT 1 AS a; ALTER EXTENSION plpgsql ADD TABLE own;"
                    + " ALTER EXTENSION plpgsql ADD TABLE bare; ALTER EXTENSION plpgsql ADD TABLE fresh;"
                    + " CREATE TABLE mine AS SELECT 1 AS a");
            Ran ran = Cli.of(database, folder).run("backup", "--json").well();
            assertThat(ran.json().objects("findings", each -> each.string("code") + " " + each.string("object")))
                    .containsExactly("extension_rows_left_out public.fresh", "extension_rows_left_out public.own");
            assertThat(ran.json().objects("findings", each -> each.string("message")))
                    .anyMatch(message -> message.contains("about 500"));
        }
    }

    @EachPostgres
    void aSubscriptionThatTheRoleMayNotReadIsToldOnce(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            server.must("postgres", "CREATE ROLE teller LOGIN; GRANT pg_read_all_data TO teller");
            database.must("CREATE SUBSCRIPTION hidden CONNECTION 'host=h' PUBLICATION p WITH (connect = false)");
            Ran ran = Cli.of(database, folder)
                    .with("HOLDFAST_DB", database.url().replace("postgres@", "teller@"))
                    .run("backup")
                    .well();
            assertThat(ran.err().lines().filter(line -> line.contains("subscription")))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("hidden");
            database.must("ALTER SUBSCRIPTION hidden SET (slot_name = NONE); DROP SUBSCRIPTION hidden");
        } finally {
            server.must("postgres", "DROP ROLE IF EXISTS teller");
        }
    }

    @EachPostgres
    void withoutOwnersEverythingButOwnersAndRightsComesBack(TestServer server) {
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database("unowned")) {
            server.must(
                    "postgres",
                    "CREATE ROLE here_only; COMMENT ON DATABASE " + database.name()
                            + " IS 'please send OWNER TO desk'; ALTER ROLE here_only IN DATABASE " + database.name()
                            + " SET work_mem = '7MB'; GRANT CREATE ON DATABASE " + database.name() + " TO here_only");
            Ran restored = BringBack.of(folder, database, copy, "--no-owner");
            assertThat(restored.err()).contains("owners and rights are left out", "here_only");
            assertThat(copy.must(COMMENT)).isEqualTo("please send OWNER TO desk");
            assertThat(copy.must("SELECT count(*) FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase"
                            + " WHERE d.datname = current_database()"))
                    .isEqualTo("0");
        } finally {
            server.must("postgres", "DROP ROLE IF EXISTS here_only");
        }
    }

    @OldestAndNewestPostgres
    void aRoleThatHasOnlySettingsHereIsMissedBeforeAnythingIsMade(TestServer server) {
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database("unset")) {
            server.must(
                    "postgres",
                    "CREATE ROLE gone; ALTER ROLE gone IN DATABASE " + database.name() + " SET work_mem = '7MB'");
            Cli cli = Cli.of(database, folder);
            cli.run("backup").well();
            server.must("postgres", "DROP ROLE gone");
            Ran refused = cli.run("restore", "latest", "--into", copy.name());
            assertThat(refused.exit()).isEqualTo(2);
            assertThat(refused.err()).contains("gone");
        }
    }

    @OldestAndNewestPostgres
    void aViewOverAnEmptyOneStaysEmptyAndOneThatCannotBeRefreshedIsNamed(TestServer server) {
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database("viewed")) {
            database.must("CREATE TABLE t AS SELECT 1 AS a; CREATE MATERIALIZED VIEW one AS SELECT * FROM t;"
                    + " CREATE MATERIALIZED VIEW two AS SELECT * FROM one; CREATE TABLE tenth AS SELECT 10 AS a;"
                    + " CREATE MATERIALIZED VIEW share AS SELECT 1 / (a - 10) AS b FROM tenth WITH NO DATA;"
                    + " UPDATE tenth SET a = 11; REFRESH MATERIALIZED VIEW share; UPDATE tenth SET a = 10;"
                    + " REFRESH MATERIALIZED VIEW one WITH NO DATA");
            Cli cli = Cli.of(database, folder);
            assertThat(cli.run("backup").well().err()).contains("two");
            Ran restored = cli.run("restore", "latest", "--into", copy.name()).well();
            assertThat(restored.err()).contains("share", "division by zero").doesNotContain("two");
            assertThat(copy.must(
                            "SELECT string_agg(relname, ' ') FROM pg_class WHERE relkind = 'm' AND relispopulated"))
                    .isEmpty();
        }
    }

    @OldestAndNewestPostgres
    void aPartitionThatIsElsewhereAndCannotBeReachedIsNoReasonToThrowTheOthersAway(TestServer server) {
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database("elsewhere")) {
            database.must("CREATE FOREIGN DATA WRAPPER nothing; CREATE SERVER away FOREIGN DATA WRAPPER nothing;"
                    + " CREATE TABLE t (a int) PARTITION BY RANGE (a); CREATE TABLE here PARTITION OF t FOR VALUES FROM (0) TO (9);"
                    + " CREATE FOREIGN TABLE there PARTITION OF t FOR VALUES FROM (9) TO (99) SERVER away;"
                    + " INSERT INTO t VALUES (1), (2)");
            assertThat(BringBack.of(folder, database, copy).err()).contains("analyzing \"public\".\"t\"", "no handler");
        }
    }

    @EachPostgres
    void foreignKeysIntoAPartitionedTableComeBackWithTheirCommentsWhateverTheSchemaIsCalled(TestServer server) {
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database("attached")) {
            database.must(
                    "CREATE SCHEMA \"My Schema\"; SET search_path = \"My Schema\";"
                            + " CREATE TABLE t (a int PRIMARY KEY) PARTITION BY RANGE (a);"
                            + " CREATE TABLE low PARTITION OF t FOR VALUES FROM (0) TO (9) PARTITION BY LIST (a);"
                            + " CREATE TABLE one PARTITION OF low FOR VALUES IN (1); CREATE TABLE rest PARTITION OF low DEFAULT;"
                            + " CREATE TABLE high PARTITION OF t DEFAULT; INSERT INTO t VALUES (1), (2), (10);"
                            + " CREATE TABLE k (a int, CONSTRAINT \"to t\" FOREIGN KEY (a) REFERENCES t); INSERT INTO k VALUES (2);"
                            + " COMMENT ON CONSTRAINT \"to t\" ON k IS 'a key'; COMMENT ON CONSTRAINT t_pkey ON t IS 'another'");
            BringBack.of(folder, database, copy);
            assertThat(Likeness.of(database).unlike(Likeness.of(copy))).isEmpty();
        }
    }

    @OldestAndNewestPostgres
    void aTemplateComesBackAsOneAndAFailedRestoreOfItLeavesNothing(TestServer server) {
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database("template_copy")) {
            database.must("CREATE TABLE t AS SELECT 1 AS a");
            database.alter("IS_TEMPLATE true");
            BringBack.of(folder, database, copy);
            assertThat(copy.must("SELECT datistemplate FROM pg_database WHERE datname = current_database()"))
                    .isEqualTo("t");

            When taken = When.at(RestoreStep.PUBLISH, () -> server.must("postgres", "CREATE DATABASE taken"));
            Ran failed = Cli.of(database, folder).run(taken, "restore", "latest", "--into", "taken");
            assertThat(taken.happened()).isTrue();
            assertThat(failed.exit()).as(failed.err()).isEqualTo(3);
            assertThat(server.must("postgres", "SELECT count(*) FROM pg_database WHERE datname ^@ 'holdfast_restore_'"))
                    .isEqualTo("0");
            database.alter("IS_TEMPLATE false");
            copy.alter("IS_TEMPLATE false");
            server.must("postgres", "DROP DATABASE taken");
        }
    }

    @OldestAndNewestPostgres
    void anEventTriggerDoesNotFireForWhatTheRestoreItselfDoes(TestServer server) {
        String event = server.major() >= 17 ? "login" : "ddl_command_end";
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database("triggered")) {
            database.must("CREATE TABLE t AS SELECT 1 AS a; CREATE MATERIALIZED VIEW v AS SELECT * FROM t;"
                    + " CREATE TABLE audit (a int);"
                    + " CREATE FUNCTION note() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO public.audit VALUES (1); END';"
                    + " CREATE FUNCTION no() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''no DDL here''; END';"
                    + " CREATE EVENT TRIGGER noted ON " + event + " EXECUTE FUNCTION note();"
                    + " COMMENT ON EVENT TRIGGER noted IS 'notes'; ALTER EVENT TRIGGER noted ENABLE ALWAYS;"
                    + " CREATE EVENT TRIGGER refused ON ddl_command_start EXECUTE FUNCTION no()");
            Cli cli = Cli.of(database, folder);
            String id = cli.run("backup").well().lastLine();
            String rows = cli.run("show", id, "--json").well().json().objects("tables", table -> table).stream()
                    .filter(table -> table.string("name").equals("public.audit"))
                    .map(table -> String.valueOf(table.count("rows")))
                    .findFirst()
                    .orElseThrow();
            cli.run("restore", id, "--into", copy.name()).well();
            assertThat(copy.must("SELECT count(*) - " + (server.major() >= 17 ? 1 : 0) + " FROM audit"))
                    .isEqualTo(rows); // this very question logs in, too
            assertThat(SchemaTexts.of(copy)).isEqualTo(SchemaTexts.of(database));
        }
    }

    @OldestAndNewestPostgres
    void checksAndGeneratedColumnsThatNeedTheSearchPathOfTheDatabaseComeBack(TestServer server) {
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database("path")) {
            database.alter("SET search_path = \"The App\", public");
            database.must("""
                    CREATE SCHEMA "The App";
                    CREATE TABLE kinds AS SELECT 'a'::text AS kind;
                    CREATE FUNCTION known(text) RETURNS bool LANGUAGE sql STABLE AS 'SELECT EXISTS (SELECT 1 FROM kinds WHERE kind = $1)';
                    CREATE FUNCTION doubled(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN twice($1); END';
                    CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 2 * $1';
                    CREATE TABLE public.zoo (kind text CHECK (known(kind)), n int, g int GENERATED ALWAYS AS (doubled(n)) STORED);
                    INSERT INTO public.zoo SELECT 'a', n FROM generate_series(1, 9) n;
                    """);
            BringBack.of(folder, database, copy);
        }
    }

    @OldestAndNewestPostgres
    void rowsThatBreakAForeignKeyComeBackAndTheKeyIsNamed(TestServer server) {
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database("orphans")) {
            database.must("""
                    CREATE TABLE people (id int PRIMARY KEY, boss int CONSTRAINT fine REFERENCES people);
                    CREATE TABLE "it's ours" (id int CONSTRAINT "it's a key" REFERENCES people);
                    CREATE TABLE pets (owner int CONSTRAINT owned REFERENCES people ON DELETE CASCADE);
                    COMMENT ON CONSTRAINT owned ON pets IS 'every pet has one';
                    CREATE TABLE visits (pet int, day date, by int CONSTRAINT made REFERENCES people) PARTITION BY RANGE (day);
                    CREATE TABLE visits_2026 PARTITION OF visits FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
                    INSERT INTO people VALUES (1, NULL), (2, 1);
                    SET session_replication_role = replica;
                    INSERT INTO pets VALUES (2), (3);
                    INSERT INTO visits VALUES (1, '2026-02-02', 4);
                    """);
            Ran restored = BringBack.of(folder, database, copy);
            assertThat(restored.err()).contains("foreign key", "\"pets\"", "\"owned\"", "NOT VALID", "\"made\"");
            String keys = "SELECT conname, convalidated, obj_description(oid) FROM pg_constraint WHERE contype = 'f'"
                    + " AND conparentid = 0 ORDER BY 1";
            assertThat(copy.must(keys)).contains("fine|t|", "it's a key|t|", "owned|f|every pet has one");
        }
    }

    @OldestAndNewestPostgres
    void tablespacesComeBackWhereTheServerHasThemElseTheyAreNamed(TestServer server) throws IOException {
        Path place = Files.createTempDirectory(server.server().folder(), "place");
        Files.setAttribute(
                place, "unix:uid", Files.getAttribute(server.server().folder().resolve("data"), "unix:uid"));
        String where = "SELECT c.relname, t.spcname FROM pg_class c JOIN pg_tablespace t ON t.oid = c.reltablespace"
                + " WHERE c.relnamespace = 'public'::regnamespace ORDER BY 1";
        try (TestDatabase database = server.database("placed");
                TestDatabase copy = server.database("placed_copy");
                TestDatabase bare = server.database("placed_bare")) {
            server.must("postgres", "CREATE TABLESPACE \"a place\" LOCATION '" + place + "'");
            server.must("postgres", "CREATE DATABASE placed TABLESPACE \"a place\"");
            database.must("CREATE TABLE t (a int PRIMARY KEY USING INDEX TABLESPACE pg_default) TABLESPACE pg_default;"
                    + " CREATE TABLE u AS SELECT 1 AS a");
            BringBack.of(folder, database, copy);
            assertThat(copy.must(where)).isEqualTo(database.must(where)).contains("t|pg_default");
            database.close();
            copy.close();
            server.must("postgres", "DROP TABLESPACE \"a place\"");
            Ran restored = Cli.of(bare, folder)
                    .with("HOLDFAST_DB", server.url("postgres"))
                    .run("restore", "placed/latest", "--into", bare.name())
                    .well();
            assertThat(restored.err()).contains("lacks tablespaces", "a place");
            assertThat(bare.must("SELECT count(*) FROM u")).isEqualTo("1");
        }
    }

    @OldestAndNewestPostgres
    void aSettingThatHidesNullsInArraysChangesNothing(TestServer server) {
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database("nulls")) {
            database.must("CREATE TABLE t AS SELECT ARRAY[NULL, 'x', 'NULL'] AS a");
            database.alter("SET array_nulls = off");
            server.must("postgres", "ALTER ROLE postgres SET array_nulls = off");
            BringBack.of(folder, database, copy);
        } finally {
            server.must("postgres", "ALTER ROLE postgres RESET array_nulls");
        }
    }

    @Test
    void aRoleThatMayOnlyReadLeavesNothingBehind() {
        TestServer server = TestServers.newest();
        try (TestDatabase database = server.fresh()) {
            Cli cli = Cli.of(database, folder);
            cli.run("backup").well();
            server.must(
                    "postgres",
                    "CREATE ROLE reader LOGIN CREATEDB; ALTER ROLE reader SET default_transaction_read_only = on");
            Ran refused = cli.with("PGUSER", "reader")
                    .with("HOLDFAST_DB", database.url().replace("postgres@", "reader@"))
                    .run("restore", "latest", "--into", "readonly");
            assertThat(refused.exit()).as(refused.err()).isEqualTo(2);
            assertThat(refused.err()).contains("read-only").doesNotContain("by hand");
        } finally {
            server.must("postgres", "DROP ROLE IF EXISTS reader");
        }
    }

    @Test
    void aMonitorThatLooksIntoTheUnfinishedDatabaseDoesNotStopARestore() {
        TestServer server = TestServers.newest();
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database("watched")) {
            database.must("CREATE TABLE t AS SELECT 1 AS a");
            Cli cli = Cli.of(database, folder);
            cli.run("backup").well();
            When looked = When.at(RestoreStep.PUBLISH, () -> {
                String unfinished = server.databases().stream()
                        .filter(name -> name.startsWith("holdfast_restore_"))
                        .findFirst()
                        .orElseThrow();
                new Thread(() -> server.psql(unfinished, "SELECT pg_sleep(600)")).start();
                while (server.must(
                                "postgres", "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)'")
                        .equals("0")) {
                    Thread.onSpinWait();
                }
            });
            cli.run(looked, "restore", "latest", "--into", copy.name()).well();
            assertThat(looked.happened()).isTrue();
            assertThat(IndependentRows.of(copy)).isEqualTo(IndependentRows.of(database));
        }
    }
}
