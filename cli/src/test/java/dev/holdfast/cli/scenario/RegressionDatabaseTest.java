package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.Likeness;
import dev.holdfast.postgres.testing.RegressionDatabase;
import dev.holdfast.postgres.testing.SchemaTexts;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The database of PostgreSQL's own regression tests comes back, and comes back from its copy. The newest major whose tests are here;
 * {@code -Dholdfast.regression=all} takes each.
 */
final class RegressionDatabaseTest {
    /** Fewer tables, types and functions than that are no regression database. */
    private static final int LEAST = 300;

    /**
     * What pg_dump does not bring back either: members that were added one by one to an operator family of the server's own; an operator
     * that was only announced, by another one that names it as its negator; what a comment on a subscription that is gone left behind;
     * the names that the server itself gives to foreign keys of partitions and to NOT NULLs of two parents; and the rows of a
     * materialized view that was not refreshed since what it is made from has changed.
     */
    private static final Pattern BEYOND_PG_DUMP = Pattern.compile("\\w+, only in the \\w+: ("
            + "pg_am(op|proc); .* of pg_catalog.integer_ops USING btree; .*"
            + "|pg_operator; oid=public.!==\\(boolean,boolean\\); .*"
            + "|pg_description; classoid=subscription ; .*"
            + "|pg_constraint; .*; contype=[fn]; .*"
            + "|public.mvtest_bb .*)");

    @TempDir
    private Path folder;

    private static List<Integer> majors() {
        List<Integer> here = RegressionDatabase.majors();
        boolean all = System.getProperty("holdfast.regression", "").equals("all");
        return all || here.isEmpty() ? here : List.of(here.get(here.size() - 1));
    }

    @ParameterizedTest(name = "PostgreSQL {0}", allowZeroInvocations = true)
    @MethodSource("majors")
    void theRegressionDatabaseComesBackAndComesBackFromItsCopy(int major) throws IOException {
        // no autovacuum: ANALYZE in the midst of the tests would not change what they leave, but it costs time
        try (TestServer server = TestServers.another(major, Map.of("max_prepared_transactions", "4"))) {
            TestDatabase original = RegressionDatabase.load(server, Files.createDirectory(folder.resolve("work")));
            assertThat(RegressionDatabase.sizes(original)).allMatch(size -> size > LEAST);
            TestDatabase dumped = throughPgDump(original);

            var cli = Cli.of(original, Files.createDirectory(folder.resolve("repository")));
            String id = cli.run("backup").well().lastLine();
            cli.run("verify").well();
            TestDatabase copy = server.database("copy");
            cli.run("restore", id, "--into", copy.name()).well();

            Likeness first = Likeness.of(original);
            Likeness second = Likeness.of(copy);
            assertThat(first.unlike(second))
                    .filteredOn(BEYOND_PG_DUMP.asMatchPredicate().negate())
                    .isEmpty();
            assertThat(Likeness.of(dumped).unlike(second)).isEmpty();

            var another = Cli.of(copy, folder.resolve("repository"));
            String secondId = another.run("backup").well().lastLine();
            TestDatabase again = server.database("again");
            another.run("restore", secondId, "--into", again.name()).well();
            assertThat(second.unlike(Likeness.of(again))).isEmpty();
            String thirdId = Cli.of(again, folder.resolve("repository"))
                    .run("backup")
                    .well()
                    .lastLine();
            assertThat(digests(cli, again.name() + "/" + thirdId))
                    .isEqualTo(digests(cli, copy.name() + "/" + secondId));
            // a dump puts the columns of a child in another order, and a digest follows the order of its backup
            var before = digests(cli, original.name() + "/" + id).entrySet();
            var after = digests(cli, copy.name() + "/" + secondId).entrySet();
            assertThat(before)
                    .filteredOn(table -> !after.contains(table))
                    .extracting(Map.Entry::getKey)
                    .isSubsetOf(children(original));

            putBackInPlace(cli, original, id);
        }
    }

    /** Of every table some rows go, some move, and some come twice, where nothing forbids it. */
    private static void putBackInPlace(Cli cli, TestDatabase database, String id) {
        Map<String, String> whole = rows(database);
        List<String> schema = SchemaTexts.of(database);
        database.must("""
                SET session_replication_role = replica;
                SELECT setseed(0.4);
                DO $$
                DECLARE
                  t regclass;
                  what text;
                BEGIN
                  FOR t IN SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                            WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND n.nspname !~ '^pg_|^information_schema$' ORDER BY 1 LOOP
                    FOREACH what IN ARRAY ARRAY['DELETE FROM ONLY %1$s WHERE random() < 0.1', 'INSERT INTO %1$s SELECT * FROM ONLY %1$s LIMIT 7',
                        'UPDATE ONLY %1$s SET ' || (SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = t AND attnum > 0
                          AND NOT attisdropped AND attgenerated = '' ORDER BY attnum LIMIT 1) || ' = DEFAULT WHERE random() < 0.05'] LOOP
                      BEGIN
                        EXECUTE format(what, t);
                      EXCEPTION WHEN OTHERS THEN
                        NULL;
                      END;
                    END LOOP;
                  END LOOP;
                END $$
                """);
        Map<String, String> damaged = rows(database);
        assertThat(damaged.entrySet().stream().filter(table -> !whole.entrySet().contains(table)))
                .hasSizeGreaterThan(LEAST / 3);
        String safety = cli.run("restore", id, "--yes", "--json").well().json().string("safety_backup");
        assertThat(rows(database)).isEqualTo(whole);
        assertThat(SchemaTexts.of(database)).containsExactlyInAnyOrderElementsOf(schema);
        cli.run("rollback", safety, "--yes").well();
        assertThat(rows(database)).isEqualTo(damaged);
    }

    /** Materialized views are refreshed when rows are put back, however stale they were. */
    private static Map<String, String> rows(TestDatabase database) {
        Map<String, String> rows = new TreeMap<>(IndependentRows.of(database));
        database.must("SELECT oid::regclass FROM pg_class WHERE relkind = 'm'")
                .lines()
                .forEach(view -> rows.keySet().removeIf(name -> name.endsWith(view)));
        return rows;
    }

    /** What PostgreSQL's own tools make of it: the measure of all that is said below to be lost by pg_dump itself. */
    private TestDatabase throughPgDump(TestDatabase original) {
        TestServer server = original.server();
        TestDatabase dumped = server.create("dumped");
        String file = folder.resolve("regression.dump").toString();
        well(List.of(server.program("pg_dump"), "-Fc", "-f", file, "-d", original.url()));
        well(List.of(server.program("pg_restore"), "--exit-on-error", "-d", dumped.url(), file));
        return dumped;
    }

    private static void well(List<String> command) {
        Programs.Result result = Programs.run(command);
        assertThat(result.exit()).as(result.errors()).isZero();
    }

    /** Tables that inherit, by the names that a backup gives them. */
    private static List<String> children(TestDatabase database) {
        return database.must(
                        "SELECT relnamespace::regnamespace || '.' || relname FROM pg_class JOIN pg_inherits ON oid = inhrelid"
                                + " WHERE relkind = 'r' AND NOT relispartition")
                .lines()
                .toList();
    }

    private static Map<String, String> digests(Cli cli, String backup) {
        Map<String, String> digests = new TreeMap<>();
        cli.run("show", backup, "--json")
                .well()
                .json()
                .objects("tables", table -> table)
                .forEach(
                        table -> digests.put(table.string("name"), table.count("rows") + " " + table.string("digest")));
        return digests;
    }
}
