package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.OldestAndNewestPostgres;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Rows that break a constraint come back, with everything that can be without it; what is missing is named. */
final class BrokenConstraintsTest {
    private static final String INDEXES = "SELECT indexname FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1";

    @TempDir
    private Path folder;

    /** Writes as whoever wrote while the indexes were damaged. */
    private static void pastIndexes(TestDatabase database, String rows) {
        String indexes = " FROM pg_class t WHERE t.oid = indrelid AND t.relnamespace = 'public'::regnamespace";
        database.must("UPDATE pg_index SET indisready = false, indisvalid = false" + indexes);
        database.must(rows);
        database.must("UPDATE pg_index SET indisready = true, indisvalid = true" + indexes);
    }

    private Ran restored(TestDatabase database, TestDatabase copy, Findings findings, String... more) {
        Cli cli = Cli.of(database, folder);
        cli.run("backup").well();
        var words = new ArrayList<>(List.of("restore", "latest", "--into", copy.name(), "--jobs", "2"));
        words.addAll(List.of(more));
        Ran restored = cli.run(findings, words.toArray(String[]::new)).well();
        assertThat(IndependentRows.of(copy)).isEqualTo(IndependentRows.of(database));
        return restored;
    }

    @EachPostgres
    void rowsThatBreakAUniqueConstraintComeBackAndItIsNamedWithItsStatement(TestServer server) {
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database("doubled")) {
            database.must("""
                    CREATE TABLE people (id int CONSTRAINT "the key" PRIMARY KEY, name text, room int4range,
                      CONSTRAINT "one each" EXCLUDE USING gist (room WITH &&), CONSTRAINT fine UNIQUE (id, name));
                    CREATE UNIQUE INDEX lower_name ON people (lower(name)); COMMENT ON INDEX lower_name IS 'why';
                    ALTER TABLE people CLUSTER ON lower_name; COMMENT ON CONSTRAINT "the key" ON people IS 'a key';
                    CREATE INDEX by_name ON people (name); COMMENT ON INDEX by_name IS 'for search';
                    CREATE TABLE pets (owner int CONSTRAINT owned REFERENCES people);
                    CREATE TABLE friends (id int, name text, CONSTRAINT known FOREIGN KEY (id, name) REFERENCES people (id, name));
                    CREATE TABLE days (day int CONSTRAINT days_key PRIMARY KEY) PARTITION BY RANGE (day);
                    CREATE TABLE days_low PARTITION OF days FOR VALUES FROM (0) TO (9);
                    CREATE TABLE days_high PARTITION OF days DEFAULT;
                    CREATE VIEW counted AS SELECT id, name, count(*) FROM people GROUP BY id;
                    CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                    CREATE TRIGGER noted BEFORE INSERT ON people FOR EACH ROW EXECUTE FUNCTION noted();
                    INSERT INTO people VALUES (1, 'a', '[1,2)'); INSERT INTO days VALUES (1), (2), (10);
                    INSERT INTO pets VALUES (1); INSERT INTO friends VALUES (1, 'a');
                    """);
            pastIndexes(database, "INSERT INTO people VALUES (1, 'A', '[1,3)'); INSERT INTO days VALUES (2)");
            var findings = new Findings();
            Ran restored = restored(database, copy, findings);
            assertThat(findings.named())
                    .containsExactlyInAnyOrder(
                            "constraint_broken \"the key\" on public.people",
                            "constraint_broken \"one each\" on public.people",
                            "constraint_broken lower_name on public.people",
                            "constraint_broken days_low_pkey on public.days_low",
                            "not_made COMMENT ON INDEX public.lower_name IS 'why';",
                            "not_made ALTER INDEX public.days_key ATTACH PARTITION public.days_low_pkey;",
                            "not_made CREATE OR REPLACE VIEW public.counted AS",
                            "not_made owned on public.pets");
            assertThat(restored.err())
                    .contains(
                            "ALTER TABLE ONLY public.people ADD CONSTRAINT \"the key\" PRIMARY KEY (id);",
                            "CREATE UNIQUE INDEX lower_name ON public.people USING btree (lower(name));",
                            "ADD CONSTRAINT owned FOREIGN KEY (owner) REFERENCES public.people(id);");
            assertThat(copy.must(INDEXES).lines()).containsExactly("by_name", "days_high_pkey", "days_key", "fine");
            assertThat(copy.must("SELECT conname FROM pg_constraint WHERE contype = 'f'"))
                    .isEqualTo("known");
            assertThat(copy.must("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"))
                    .isEqualTo("noted");
            assertThat(copy.must("SELECT obj_description('by_name'::regclass)")).isEqualTo("for search");
        }
    }

    @EachPostgres
    void whatHasOwnersAndRightsIsMadeOnceWithThemOrWithout(TestServer server) {
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database("owned");
                TestDatabase bare = server.database("unowned_too")) {
            server.must("postgres", "CREATE ROLE keeper");
            database.must("""
                    CREATE TABLE t (a int PRIMARY KEY, b int); CREATE TABLE other (c int UNIQUE);
                    CREATE MATERIALIZED VIEW v AS SELECT c FROM other; CREATE UNIQUE INDEX ON v (c); GRANT SELECT ON v TO keeper;
                    CREATE STATISTICS s ON a, b FROM t; ALTER STATISTICS s OWNER TO keeper;
                    CREATE RULE r AS ON DELETE TO other DO (SELECT 1; SELECT 2);
                    CREATE PUBLICATION p FOR TABLE t; ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO keeper;
                    """);
            pastIndexes(database, "INSERT INTO t VALUES (1), (1)");
            String owner = "SELECT stxowner::regrole FROM pg_statistic_ext";
            for (TestDatabase restored : List.of(copy, bare)) {
                var findings = new Findings();
                restored(
                        database,
                        restored,
                        findings,
                        restored.equals(bare) ? new String[] {"--no-owner"} : new String[0]);
                assertThat(findings.named()).contains("constraint_broken t_pkey on public.t");
                assertThat(findings.named()).noneMatch(named -> named.startsWith("not_made"));
                assertThat(restored.must(owner)).isEqualTo(restored.equals(bare) ? "postgres" : "keeper");
            }
        } finally {
            server.must("postgres", "DROP ROLE IF EXISTS keeper");
        }
    }

    @OldestAndNewestPostgres
    void aBrokenForeignKeyIsNamedWithItsTable(TestServer server) {
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database("orphaned")) {
            database.must("""
                    CREATE TABLE people (id int PRIMARY KEY);
                    CREATE SCHEMA "My Schema"; CREATE TABLE "My Schema"."a.b" (p int CONSTRAINT "it's" REFERENCES people);
                    CREATE TABLE visits (p int CONSTRAINT made REFERENCES people) PARTITION BY LIST (p);
                    CREATE TABLE visits_all PARTITION OF visits DEFAULT;
                    SET session_replication_role = replica;
                    INSERT INTO "My Schema"."a.b" VALUES (1); INSERT INTO visits VALUES (1);
                    """);
            var findings = new Findings();
            assertThat(restored(database, copy, findings).err())
                    .contains("foreign key \"it's\" on \"My Schema\".\"a.b\"");
            assertThat(findings.named())
                    .contains(
                            "foreign_key_broken \"it's\" on \"My Schema\".\"a.b\"",
                            "foreign_key_broken made on public.visits");
        }
    }

    @OldestAndNewestPostgres
    void anIndexThatCannotBeMadeForAnotherReasonIsAFailure(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must("""
                    CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 2 * $1';
                    CREATE TABLE t (a int); CREATE INDEX doubled ON t (twice(a)); INSERT INTO t VALUES (1);
                    CREATE OR REPLACE FUNCTION twice(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 2 / ($1 - 1)';
                    """);
            Cli cli = Cli.of(database, folder);
            cli.run("backup").well();
            Ran failed = cli.run("restore", "latest", "--into", "never");
            assertThat(failed.exit()).as(failed.err()).isEqualTo(3);
            assertThat(failed.err()).contains("doubled on public.t", "division by zero");
            assertThat(server.databases()).noneMatch(name -> name.startsWith("holdfast_restore_"));
        }
    }
}
