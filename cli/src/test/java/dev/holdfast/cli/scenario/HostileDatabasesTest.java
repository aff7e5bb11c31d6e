package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.OldestAndNewestPostgres;
import dev.holdfast.postgres.testing.SchemaTexts;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** What stands in a database is data: nobody's comment or function is run by a backup with the rights of whoever takes it. */
final class HostileDatabasesTest {
    @TempDir
    private Path folder;

    @EachPostgres
    void aCommentThatLooksLikeAnEntryOfTheDatabaseIsAComment(TestServer server) {
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database("commented")) {
            server.must("postgres", "CREATE ROLE mallory LOGIN");
            database.must("""
                    CREATE TABLE "DATABASE x" (a int); COMMENT ON TABLE "DATABASE x" IS 'mine';
                    CREATE TABLE mine (a int);
                    COMMENT ON TABLE mine IS 'hello
                    -- Name: x; Type: DATABASE; Schema: -; Owner: -
                    ALTER ROLE mallory SUPERUSER;
                    ';
                    CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $f$
                    /*
                    -- Name: x; Type: DATABASE PROPERTIES; Schema: -; Owner: -
                    ALTER ROLE mallory SUPERUSER;
                    -- Name: y; Type: TABLE; Schema: -; Owner: -
                    */ SELECT 1 $f$;
                    """);
            Cli cli = Cli.of(database, folder);
            cli.run("backup").well();
            cli.with("HOLDFAST_DB", server.url("postgres"))
                    .run("restore", database.name() + "/latest", "--into", copy.name())
                    .well();
            assertThat(server.must("postgres", "SELECT rolsuper FROM pg_roles WHERE rolname = 'mallory'"))
                    .isEqualTo("f");
            assertThat(server.must("postgres", "SELECT to_regclass('\"DATABASE x\"')"))
                    .isEmpty();
            assertThat(SchemaTexts.of(copy)).isEqualTo(SchemaTexts.of(database));
        } finally {
            server.must("postgres", "DROP TABLE IF EXISTS \"DATABASE x\"; DROP ROLE IF EXISTS mallory");
        }
    }

    @OldestAndNewestPostgres
    void aFunctionInAnIndexIsNotRunByABackup(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must("""
                    CREATE FUNCTION trap(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN 1; END';
                    CREATE TABLE by_expression (a int, b int); CREATE INDEX ON by_expression ((a + public.trap(1)));
                    CREATE TABLE by_condition (a int); CREATE INDEX ON by_condition (a) WHERE a > public.trap(1);
                    CREATE TABLE counted (a int, b int); CREATE STATISTICS s ON (a + public.trap(1)), b FROM counted;
                    CREATE TABLE checked (a int CHECK (a > public.trap(1)));
                    INSERT INTO by_expression SELECT n, n FROM generate_series(1, 100000) n;
                    INSERT INTO by_condition VALUES (1); INSERT INTO counted VALUES (1, 2); INSERT INTO checked VALUES (2);
                    CREATE OR REPLACE FUNCTION trap(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RAISE EXCEPTION ''run''; END';
                    """);
            server.must("postgres", "ALTER DATABASE " + database.name() + " SET constraint_exclusion = on");
            assertThat(Cli.of(database, folder).run("backup").well().err()).contains("100,003 rows");
        }
    }

    @EachPostgres
    void statisticsOverAFunctionWithoutItsSearchPathComeBack(TestServer server) {
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database("counted")) {
            database.must("""
                    CREATE TABLE t (a text); INSERT INTO t VALUES ('x');
                    CREATE FUNCTION lower2(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower($1)';
                    CREATE FUNCTION f(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower2($1)';
                    CREATE STATISTICS s ON (f(a)) FROM t;
                    """);
            Cli cli = Cli.of(database, folder);
            cli.run("backup").well();
            cli.run("restore", "latest", "--into", copy.name()).well();
            assertThat(copy.must("COPY t TO STDOUT")).isEqualTo("x");
        }
    }

    @EachPostgres
    void aCommentOnAKeyThatWasLeftOutIsNoFailure(TestServer server) {
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database("left_out")) {
            database.must("""
                    CREATE SCHEMA "my schema"; CREATE TABLE "my schema".p (id int PRIMARY KEY);
                    CREATE TABLE "my schema".c (p int CONSTRAINT "c's" REFERENCES "my schema".p) PARTITION BY LIST (p);
                    CREATE TABLE "my schema".c1 PARTITION OF "my schema".c DEFAULT;
                    COMMENT ON CONSTRAINT "c's" ON "my schema".c IS 'why';
                    SET session_replication_role = replica; INSERT INTO "my schema".c VALUES (7);
                    """);
            Cli cli = Cli.of(database, folder);
            cli.run("backup").well();
            assertThat(cli.run("restore", "latest", "--into", copy.name())
                            .well()
                            .err())
                    .contains("foreign key");
            assertThat(IndependentRows.of(copy)).isEqualTo(IndependentRows.of(database));
        }
    }
}
