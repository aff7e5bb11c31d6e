package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.json.JsonObject;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.OldestAndNewestPostgres;
import dev.holdfast.postgres.testing.SchemaTexts;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.testing.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;

/** Databases that were damaged, and put back in place: each table equals the backup afterwards, by psql alone, and what was there is kept. */
final class InPlaceTest {
    private static final String SCHEMA = """
            CREATE TABLE people (id serial PRIMARY KEY, name text, boss int REFERENCES people ON DELETE CASCADE ON UPDATE CASCADE);
            CREATE TABLE pets (id bigint GENERATED ALWAYS AS IDENTITY, owner int NOT NULL REFERENCES people ON DELETE CASCADE ON UPDATE CASCADE,
                name text, loud text GENERATED ALWAYS AS (upper(name)) STORED);
            CREATE TABLE notes (t text, n int);
            CREATE TABLE days (d date NOT NULL, n int, v text) PARTITION BY RANGE (d);
            CREATE TABLE days_1 PARTITION OF days FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
            CREATE TABLE days_2 PARTITION OF days FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
            CREATE TYPE color AS ENUM ('red', 'green', 'blue', 'pink', 'gold');
            CREATE TABLE hashed (id int, c color, v text, PRIMARY KEY (id, c)) PARTITION BY HASH (c);
            CREATE TABLE hashed_0 PARTITION OF hashed FOR VALUES WITH (MODULUS 2, REMAINDER 0);
            CREATE TABLE hashed_1 PARTITION OF hashed FOR VALUES WITH (MODULUS 2, REMAINDER 1);
            CREATE TABLE parent (a int, b text);
            CREATE TABLE child (c int) INHERITS (parent);
            CREATE UNLOGGED TABLE hasty (a int, v text);
            CREATE TABLE quiet (id int PRIMARY KEY, v text);
            CREATE TABLE nothing ();
            CREATE SEQUENCE counter;
            CREATE MATERIALIZED VIEW loud_pets AS SELECT owner, count(*) AS n FROM pets GROUP BY owner;
            CREATE MATERIALIZED VIEW loudest AS SELECT max(n) AS n FROM loud_pets;
            INSERT INTO people (name, boss) SELECT 'p' || i, CASE WHEN i > 1 THEN i / 2 END FROM generate_series(1, 3000) i;
            INSERT INTO pets (owner, name) SELECT 1 + i % 3000, repeat('n', i % 90) FROM generate_series(1, 9000) i;
            INSERT INTO notes SELECT CASE WHEN i % 5 > 0 THEN E'tab\\t' || i % 40 END, i % 3 FROM generate_series(1, 4000) i;
            INSERT INTO days SELECT '2026-01-01'::date + i % 59, i, repeat('d', 200) FROM generate_series(1, 8000) i;
            INSERT INTO hashed SELECT i, (enum_range(NULL::color))[1 + i % 5], 'h' || i FROM generate_series(1, 2000) i;
            INSERT INTO parent SELECT i, 'p' FROM generate_series(1, 50) i;
            INSERT INTO child SELECT i, 'c', i FROM generate_series(1, 50) i;
            INSERT INTO hasty SELECT i, 'u' FROM generate_series(1, 500) i;
            INSERT INTO quiet SELECT i, repeat('q', 100) FROM generate_series(1, 9000) i;
            INSERT INTO nothing DEFAULT VALUES; INSERT INTO nothing DEFAULT VALUES;
            SELECT setval('counter', 4711);
            REFRESH MATERIALIZED VIEW loud_pets; REFRESH MATERIALIZED VIEW loudest;
            """;

    private static final List<String> DAMAGE = List.of(
            "DELETE FROM people WHERE id % 7 = 3",
            "UPDATE people SET name = name || '!' WHERE id BETWEEN 100 AND 200",
            "UPDATE people SET id = id + 100000 WHERE id = 2999",
            "UPDATE pets SET name = 'damaged' WHERE id % 11 = 0",
            "UPDATE pets SET owner = 5 WHERE id < 500; DELETE FROM pets WHERE id > 8000",
            "TRUNCATE pets",
            "TRUNCATE people CASCADE",
            "INSERT INTO people (name) SELECT 'new' FROM generate_series(1, 400)",
            "UPDATE notes SET n = n",
            "UPDATE notes SET t = NULL WHERE n = 1",
            "DELETE FROM notes WHERE ctid IN (SELECT ctid FROM notes LIMIT 1700)",
            "INSERT INTO notes SELECT * FROM notes LIMIT 300",
            "UPDATE days SET d = d + 30 WHERE d < '2026-01-20'",
            "DELETE FROM days_2",
            "UPDATE days SET v = 'x' WHERE n % 100 = 7",
            "UPDATE hashed SET c = 'gold' WHERE id % 13 = 0",
            "DELETE FROM hashed WHERE c = 'red'",
            "UPDATE ONLY parent SET b = 'other'; DELETE FROM child WHERE c < 20",
            "TRUNCATE hasty",
            "DELETE FROM nothing; INSERT INTO nothing DEFAULT VALUES",
            "VACUUM FULL quiet",
            "UPDATE quiet SET v = v",
            "VACUUM FULL people",
            "CLUSTER people USING people_pkey; ALTER TABLE people SET WITHOUT CLUSTER",
            "SELECT setval('counter', 5), setval('people_id_seq', 10)",
            "REFRESH MATERIALIZED VIEW loud_pets; REFRESH MATERIALIZED VIEW loudest",
            "VACUUM");

    @TempDir
    private Path folder;

    @OldestAndNewestPostgres
    void whateverTheDamageEveryTableEqualsTheBackupAndTheDamagedStateIsKept(TestServer server) {
        Seeds.of("InPlaceTest").rounds(2, random -> damageAndPutBack(server, random));
    }

    private void damageAndPutBack(TestServer server, Random random) {
        try (TestDatabase database = server.fresh()) {
            database.must(SCHEMA);
            Cli cli = Cli.of(database, folder.resolve(database.name()));
            String backup = cli.run("backup").well().lastLine();
            Map<String, String> before = IndependentRows.of(database);
            List<String> sequences = IndependentRows.sequences(database);
            List<String> schema = SchemaTexts.of(database);
            List<String> damage = new ArrayList<>(DAMAGE);
            Collections.shuffle(damage, random);
            damage.subList(0, 1 + random.nextInt(8)).forEach(database::must);
            Map<String, String> damaged = IndependentRows.of(database);

            JsonObject report =
                    cli.run("restore", backup, "--yes", "--json").well().json();
            assertThat(IndependentRows.of(database)).isEqualTo(before);
            assertNoneIsBehind(IndependentRows.sequences(database), sequences);
            assertThat(SchemaTexts.of(database)).isEqualTo(schema);

            cli.run("restore", report.string("safety_backup"), "--yes").well();
            assertThat(withoutViews(IndependentRows.of(database))).isEqualTo(withoutViews(damaged));
            cli.run("restore", backup, "--yes").well();
            assertThat(IndependentRows.of(database)).isEqualTo(before);
            cli.run("verify").well();
        }
    }

    /** All of them rise. */
    private static void assertNoneIsBehind(List<String> now, List<String> before) {
        assertThat(now).hasSameSizeAs(before);
        for (int i = 0; i < now.size(); i++) {
            assertThat(value(now.get(i))).as("%s, was %s", now, before).isGreaterThanOrEqualTo(value(before.get(i)));
        }
    }

    private static long value(String sequence) {
        return Long.parseLong(sequence.split("\\|", -1)[1]);
    }

    /** Views that were stale are not after rows were put back. */
    private static Map<String, String> withoutViews(Map<String, String> rows) {
        rows.keySet().removeIf(name -> name.contains("loud"));
        return rows;
    }

    @OldestAndNewestPostgres
    void thePlanCountsWhatIsDoneAndChangesNothing(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must(SCHEMA);
            Cli cli = Cli.of(database, folder);
            String backup = cli.run("backup").well().lastLine();
            database.must("DELETE FROM notes WHERE n = 0; UPDATE quiet SET v = 'x' WHERE id <= 20;"
                    + " INSERT INTO hasty VALUES (1, 'new'), (2, 'new')");
            Map<String, String> damaged = IndependentRows.of(database);
            JsonObject plan =
                    cli.run("restore", backup, "--dry-run", "--json").well().json();
            assertThat(plan.object("plan").objects("tables", InPlaceTest::counts))
                    .containsExactly("public.hasty 0 0 2", "public.notes 1333 0 0", "public.quiet 0 20 0");
            Ran refused = cli.run("restore", backup);
            assertThat(refused.exit()).isEqualTo(2);
            assertThat(refused.out()).contains("public.quiet", "writers wait");
            assertThat(IndependentRows.of(database)).isEqualTo(damaged);
            assertThat(cli.run("list", "--json").json().objects("backups", each -> each.string("id")))
                    .containsExactly(backup);
            JsonObject report =
                    cli.run("restore", backup, "--yes", "--json").well().json();
            assertThat(report.objects("tables", InPlaceTest::counts))
                    .containsExactly("public.hasty 0 0 2", "public.notes 1333 0 0", "public.quiet 0 20 0");
            assertThat(cli.run("compare", backup).well().out()).contains("0 tables differ");
        }
    }

    private static String counts(JsonObject table) {
        return table.string("name") + " " + table.count("inserted") + " " + table.count("updated") + " "
                + table.count("deleted");
    }

    @OldestAndNewestPostgres
    void aSequenceIsBroughtUpButNeverSetBack(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must("CREATE SEQUENCE behind; CREATE SEQUENCE ahead; CREATE SEQUENCE falling INCREMENT -2;"
                    + " CREATE SEQUENCE round MAXVALUE 9 CYCLE; SELECT setval('behind', 100), setval('ahead', 100),"
                    + " setval('falling', -100), setval('round', 7); CREATE TABLE t AS SELECT 1 AS a");
            Cli cli = Cli.of(database, folder);
            cli.run("backup").well();
            database.must(
                    "SELECT setval('behind', 7), setval('ahead', 900), setval('falling', -3), setval('round', 2)");
            Ran ran = cli.run("restore", "latest", "--yes").well();
            assertThat(IndependentRows.sequences(database))
                    .containsExactly(
                            "public.ahead|900|t", "public.behind|100|t", "public.falling|-100|t", "public.round|2|t");
            assertThat(ran.out()).contains("behind", "brought up from 7 to 100").doesNotContain("ahead");
        }
    }

    @OldestAndNewestPostgres
    void aSchemaThatHasChangedIsRefusedByNameAndNothingIsDone(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must(SCHEMA);
            Cli cli = Cli.of(database, folder);
            cli.run("backup").well();
            database.must("ALTER TABLE notes ADD more int; DELETE FROM quiet");
            Ran refused = cli.run("restore", "latest", "--yes");
            assertThat(refused.exit()).isEqualTo(2);
            assertThat(refused.err()).contains("TABLE public.notes", "--swap");
            assertThat(database.must("SELECT count(*) FROM quiet")).isEqualTo("0");
        }
    }

    @OldestAndNewestPostgres
    void anotherDatabaseIsRefused(TestServer server) {
        try (TestDatabase database = server.fresh();
                TestDatabase other = server.fresh()) {
            database.must("CREATE TABLE t AS SELECT 1 AS a");
            other.must("CREATE TABLE t AS SELECT 2 AS a");
            Cli cli = Cli.of(database, folder);
            String backup = database.name() + "/" + cli.run("backup").well().lastLine();
            Ran refused = cli.with("HOLDFAST_DB", other.url()).run("restore", backup, "--yes");
            assertThat(refused.exit()).isEqualTo(2);
            assertThat(refused.err()).contains("is not of the database");
            assertThat(other.must("SELECT a FROM t")).isEqualTo("2");
        }
    }
}
