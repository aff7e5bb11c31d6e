package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.json.Json;
import dev.holdfast.json.JsonObject;
import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.OldestAndNewestPostgres;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.testing.Seeds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;

/** What {@code compare} says, beside what the server says of a copy of the database as it was. */
final class CompareDatabasesTest {
    private static final String SCHEMA = """
            CREATE TABLE keyed (a int, b text, v text, n numeric, PRIMARY KEY (b, a));
            CREATE TABLE plain (v text, n int);
            CREATE TABLE parts (id int PRIMARY KEY, v text) PARTITION BY RANGE (id);
            CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (5000);
            CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM (5000) TO (100000);
            CREATE TABLE quiet (id int PRIMARY KEY, v text);
            INSERT INTO keyed SELECT i, 'k' || i % 7, repeat('x', i % 300), i FROM generate_series(1, 20000) i;
            INSERT INTO plain SELECT 'v' || i % 100, i % 30 FROM generate_series(1, 3000) i;
            INSERT INTO parts SELECT i, 'p' || i FROM generate_series(1, 9000) i;
            INSERT INTO quiet SELECT i, repeat('quiet', 50) FROM generate_series(1, 20000) i;
            """;

    private static final List<String> CHANGES = List.of(
            "UPDATE keyed SET v = v || 'y' WHERE a %% 997 = %d",
            "UPDATE keyed SET v = v WHERE a %% 13 = %d %% 13",
            "UPDATE keyed SET b = 'k9' WHERE a = %d",
            "DELETE FROM keyed WHERE a %% 1009 = %d",
            "INSERT INTO keyed SELECT 100000 + i + 1000 * %d, 'new', E'\\t\\n\\\\', NULL FROM generate_series(1, 5) i",
            "DELETE FROM plain WHERE ctid IN (SELECT ctid FROM plain LIMIT %d)",
            "INSERT INTO plain VALUES ('v1', 1), ('v1', 1), (NULL, %d)",
            "UPDATE plain SET n = n + 1 WHERE n = %d",
            "UPDATE parts SET id = id + 50000 WHERE id = %d",
            "UPDATE parts SET v = 'changed' WHERE id %% 500 = %d",
            "CLUSTER keyed USING keyed_pkey; ALTER TABLE keyed SET WITHOUT CLUSTER",
            "VACUUM FULL plain",
            "VACUUM parts");

    /** The tables, and by which columns the server pairs their rows. */
    private static final Map<String, List<String>> KEYS = Map.of(
            "public.keyed", List.of("b", "a"),
            "public.plain", List.of(),
            "public.parts_1", List.of("id"),
            "public.parts_2", List.of("id"),
            "public.quiet", List.of("id"));

    @TempDir
    private Path folder;

    @OldestAndNewestPostgres
    void randomChangesAreCountedAsTheServerCountsThem(TestServer server) {
        Seeds.of("CompareDatabasesTest").rounds(3, random -> compareOnce(server, random));
    }

    private void compareOnce(TestServer server, Random random) {
        try (TestDatabase database = server.fresh();
                TestDatabase was = server.fresh()) {
            database.must(SCHEMA);
            was.must(SCHEMA);
            Cli cli = Cli.of(database, folder.resolve(database.name()));
            String first = cli.run("backup").well().lastLine();
            for (int i = 1 + random.nextInt(6); i > 0; i--) {
                String change = CHANGES.get(random.nextInt(CHANGES.size()));
                database.must(String.format(change, 1 + random.nextInt(900)));
            }
            Map<String, List<Long>> expected = difference(was, database);
            boolean same = expected.values().stream().allMatch(List.of(0L, 0L, 0L)::equals);
            Ran live = cli.run("compare", first, "--rows", "5", "--json");
            String second = cli.run("backup").well().lastLine();
            Ran stored = cli.run("compare", first, second, "--rows", "5", "--json");
            for (Ran ran : List.of(live, stored)) {
                assertThat(ran.exit()).as(ran.err()).isEqualTo(same ? 0 : 1);
                assertThat(counts(ran)).isEqualTo(expected);
            }
        }
    }

    private static Map<String, List<Long>> counts(Ran ran) {
        Map<String, List<Long>> counts = new TreeMap<>();
        answer(ran)
                .objects("tables", table -> table)
                .forEach(table -> counts.put(
                        table.string("name"),
                        List.of(table.count("inserted"), table.count("deleted"), table.count("changed"))));
        return counts;
    }

    /** By the server, with the rows of before handed in as text where its own fingerprint of the table is another one. */
    private static Map<String, List<Long>> difference(TestDatabase was, TestDatabase is) {
        Map<String, String> before = IndependentRows.of(was);
        Map<String, String> now = IndependentRows.of(is);
        Map<String, List<Long>> counts = new TreeMap<>();
        KEYS.forEach((table, key) -> counts.put(
                table,
                Objects.requireNonNull(before.get(table)).equals(now.get(table))
                        ? List.of(0L, 0L, 0L)
                        : counted(
                                is,
                                table,
                                key,
                                was.must("SELECT quote_literal(row(t.*)::text) FROM " + table + " t"))));
        return counts;
    }

    private static List<Long> counted(TestDatabase is, String table, List<String> key, String rows) {
        String all = rows.isEmpty()
                ? "SELECT NULL::text WHERE false"
                : "SELECT * FROM unnest(ARRAY[" + String.join(",", rows.lines().toList()) + "]) AS r";
        String keyOf = key.isEmpty()
                ? "NULL::text"
                : "ROW("
                        + String.join(
                                ", ", key.stream().map(column -> "t." + column).toList()) + ")::text";
        String sql = """
                WITH before AS (SELECT r, (r::%1$s) AS t FROM (%2$s) AS all_rows(r)),
                now AS (SELECT row(n.*)::text AS r, n AS t FROM ONLY %1$s n),
                gone AS (SELECT r FROM before EXCEPT ALL SELECT r FROM now),
                come AS (SELECT r FROM now EXCEPT ALL SELECT r FROM before),
                changed AS (
                  SELECT count(*) AS n FROM (SELECT %3$s AS k FROM (SELECT (r::%1$s).* FROM gone) t
                                             INTERSECT SELECT %3$s FROM (SELECT (r::%1$s).* FROM come) t) AS both_sides WHERE k IS NOT NULL)
                SELECT (SELECT count(*) FROM come) - n, (SELECT count(*) FROM gone) - n, n FROM changed
                """.formatted(table, all, keyOf);
        return List.of(is.must(sql).split("\\|")).stream().map(Long::valueOf).toList();
    }

    @OldestAndNewestPostgres
    void aDatabaseThatDidNotChangeIsTheSame(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must(SCHEMA);
            Cli cli = Cli.of(database, folder);
            cli.run("backup").well();
            Ran ran = cli.run("compare", "latest");
            assertThat(ran.exit()).as(ran.err()).isZero();
            assertThat(ran.out()).contains("schema       the same", "0 tables differ, 5 the same");
            assertThat(cli.run("compare", "latest", "latest").exit()).isZero();
        }
    }

    @EachPostgres
    void aRestoredCopyIsTheSame(TestServer server) {
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database(database.name() + "_copy")) {
            database.must(SCHEMA);
            database.alter("SET work_mem = '5MB'");
            Cli cli = Cli.of(database, folder);
            cli.run("backup").well();
            cli.run("restore", "latest", "--into", copy.name()).well();
            String latest = database.name() + "/latest";
            Ran ran = cli.run("compare", latest, "--db", copy.url());
            assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
            copy.must("CREATE INDEX late ON quiet (v)");
            assertThat(cli.run("compare", latest, "--db", copy.url()).exit()).isOne();
        }
    }

    /** What can be kept is kept, and is told. */
    @OldestAndNewestPostgres
    void whatDidNotChangeIsNotRead(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must(SCHEMA);
            Cli cli = Cli.of(database, folder);
            cli.run("backup").well();
            assertThat(answer(cli.run("compare", "latest", "--json")).count("kept_bytes"))
                    .isPositive();
            JsonObject second = answer(cli.run("backup", "--json").well()).object("reuse");
            assertThat(second.object("read").count("ranges")).isZero();
            JsonObject full =
                    answer(cli.run("backup", "--full-read", "--json").well()).object("reuse");
            assertThat(full.object("kept").count("ranges")).isZero();
            assertThat(full.string("full_read")).contains("asked for");
            assertThat(cli.run("backup", "--full-read-after", "-1").exit()).isEqualTo(2);
        }
    }

    private static JsonObject answer(Ran ran) {
        return Json.object(ran.out().getBytes(StandardCharsets.UTF_8));
    }

    @OldestAndNewestPostgres
    void whatAMigrationDidIsTold(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must(SCHEMA);
            Cli cli = Cli.of(database, folder);
            String first = cli.run("backup").well().lastLine();
            database.must("ALTER TABLE quiet ADD COLUMN size int; UPDATE quiet SET size = length(v);"
                    + " UPDATE quiet SET v = 'louder' WHERE id = 4711; CREATE INDEX loud ON quiet (size);"
                    + " DROP TABLE plain; CREATE VIEW few AS SELECT id FROM quiet WHERE size < 3");
            Ran ran = cli.run("compare", first, "--rows");
            assertThat(ran.exit()).as(ran.err()).isOne();
            assertThat(ran.out())
                    .contains("added    INDEX public.loud", "removed  TABLE public.plain", "added    VIEW public.few")
                    .contains("+    size integer")
                    .contains("~ id=4711: v: quietquiet", "-> louder")
                    .containsPattern("public\\.quiet +0 +0 +1 +not compared: size")
                    .containsPattern("public\\.plain +0 +3,000 +gone")
                    .doesNotContain("public.keyed", "parts");
            Ran one = cli.run("compare", first, "--table", "keyed");
            assertThat(one.exit()).as(one.err()).isZero();
            assertThat(cli.run("compare", first, "--table", "nosuch").exit()).isEqualTo(2);
        }
    }
}
