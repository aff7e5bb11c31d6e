package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.OldestAndNewestPostgres;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Rows whose checks need more than the row: other tables, in whatever way they miss them, and settings of the database. */
final class RefusedRowsTest {
    @TempDir
    private Path folder;

    @OldestAndNewestPostgres
    void checksThatLookAtATableWhichIsStillEmptyMayFailInAnyWay(TestServer server) {
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database("looking")) {
            database.must("""
                    CREATE TABLE facts AS SELECT 'facts'::text AS name;
                    CREATE FUNCTION divides(int) RETURNS bool LANGUAGE sql STABLE
                      AS 'SELECT 1 / (SELECT count(*) FROM public.facts) > -1';
                    CREATE FUNCTION named(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ DECLARE n int; BEGIN
                      EXECUTE 'SELECT count(*) FROM public.' || coalesce((SELECT name FROM public.facts), 'nothing') INTO n;
                      RETURN n; END $$;
                    CREATE FUNCTION found(int) RETURNS bool LANGUAGE plpgsql STABLE AS $$ BEGIN
                      IF NOT EXISTS (SELECT FROM public.facts) THEN RAISE SQLSTATE '02000'; END IF; RETURN true; END $$;
                    CREATE FUNCTION may(int) RETURNS bool LANGUAGE plpgsql STABLE AS $$ BEGIN
                      IF NOT EXISTS (SELECT FROM public.facts) THEN RAISE insufficient_privilege; END IF; RETURN true; END $$;
                    CREATE DOMAIN known AS int CHECK (found(VALUE));
                    CREATE TABLE a (n int CHECK (divides(n))); INSERT INTO a SELECT generate_series(1, 100);
                    CREATE TABLE b (n int, g int GENERATED ALWAYS AS (named(n)) STORED); INSERT INTO b SELECT generate_series(1, 100);
                    CREATE TABLE c (n known); INSERT INTO c SELECT generate_series(1, 100);
                    CREATE TABLE d (n int CHECK (may(n))); INSERT INTO d SELECT generate_series(1, 100);
                    """);
            BringBack.of(folder, database, copy, "--jobs", "1");
            assertThat(copy.must("SELECT DISTINCT g FROM b")).isEqualTo("1");
        }
    }

    @OldestAndNewestPostgres
    void rowsThatAreRefusedForGoodAreNamedAndAllIsPutBack(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must("""
                    CREATE FUNCTION fine(int) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT true';
                    CREATE TABLE t (n int CHECK (fine(n))); INSERT INTO t VALUES (1); CREATE TABLE u AS SELECT 1 AS n;
                    CREATE OR REPLACE FUNCTION fine(int) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT 1 / ($1 - 1) > 0';
                    """);
            Cli cli = Cli.of(database, folder);
            cli.run("backup").well();
            Ran failed = cli.run("restore", "latest", "--into", "never");
            assertThat(failed.exit()).as(failed.err()).isEqualTo(3);
            assertThat(failed.err())
                    .contains("division by zero", "refuses rows", "public.t")
                    .doesNotContain("public.u");
            assertThat(server.databases()).noneMatch(name -> name.startsWith("holdfast_restore_"));
        }
    }

    @OldestAndNewestPostgres
    void checksThatAskForASettingOfTheDatabaseComeBackWhateverElseIsSet(TestServer server) {
        server.must("postgres", "CREATE ROLE weak IN ROLE pg_read_all_data; CREATE ROLE strict");
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database("set")) {
            for (String setting : new String[] {
                "app.lim = '10'", "\"My.App\" = 'it''s \"; so'", "default_text_search_config = 'pg_catalog.german'"
            }) {
                database.alter("SET " + setting);
            }
            database.must("""
                    CREATE FUNCTION low(int) RETURNS bool LANGUAGE sql STABLE AS $$ SELECT $1 < current_setting('app.lim')::int $$;
                    CREATE FUNCTION said(int) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT $1 || current_setting('my.app') $$;
                    CREATE FUNCTION words(text) RETURNS tsvector LANGUAGE sql IMMUTABLE AS $$ SELECT to_tsvector($1) $$;
                    CREATE DOMAIN small AS int CHECK (low(VALUE));
                    CREATE TABLE t (n int CHECK (low(n)), m small, g text GENERATED ALWAYS AS (said(n)) STORED,
                      b text, w tsvector GENERATED ALWAYS AS (words(b)) STORED);
                    INSERT INTO t (n, m, b) VALUES (9, 8, 'die Katzen'); CREATE INDEX ON t (said(m));
                    CREATE MATERIALIZED VIEW v AS SELECT said(n) FROM t;
                    """);
            String rows = database.must("SELECT * FROM t, v");
            for (String setting : new String[] {
                "search_path = 'nowhere'",
                "default_transaction_read_only = on",
                "default_transaction_isolation = 'serializable'",
                "statement_timeout = '300ms'",
                "lock_timeout = '300ms'",
                "session_replication_role = 'replica'",
                "DateStyle = 'SQL, DMY'",
                "IntervalStyle = 'sql_standard'",
                "TimeZone = 'Asia/Tokyo'",
                "row_security = off",
                "default_tablespace = ''",
                "role = 'weak'"
            }) {
                database.alter("SET " + setting);
            }
            server.must("postgres", "ALTER ROLE strict IN DATABASE " + database.name() + " SET app.lim = '1'");
            Cli cli = Cli.of(database, folder);
            cli.run("backup").well();
            cli.with("HOLDFAST_DB", server.url("postgres"))
                    .run("restore", database.name() + "/latest", "--into", copy.name())
                    .well();
            assertThat(copy.must("SELECT * FROM public.t, public.v")).isEqualTo(rows);
            assertThat(settings(copy))
                    .isEqualTo(settings(database))
                    .contains("app.lim=10", "statement_timeout", "role=weak");
            assertThat(IndependentRows.of(copy)).isEqualTo(IndependentRows.of(database));
        } finally {
            server.must("postgres", "DROP ROLE weak; DROP ROLE strict");
        }
    }

    private static String settings(TestDatabase database) {
        return database.must(
                "SELECT setrole::regrole, string_agg(setting, ' | ' ORDER BY setting) FROM pg_db_role_setting s"
                        + " JOIN pg_database d ON d.oid = s.setdatabase CROSS JOIN unnest(setconfig) AS setting"
                        + " WHERE d.datname = current_database() GROUP BY 1 ORDER BY 1");
    }
}
