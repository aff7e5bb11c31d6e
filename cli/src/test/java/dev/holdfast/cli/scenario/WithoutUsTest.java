package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.OldestAndNewestPostgres;
import dev.holdfast.postgres.testing.SchemaTexts;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.testing.Programs;
import dev.holdfast.testing.Seeds;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holdfast is gone. The repository's own script brings the database back with nothing but Python, zstd and PostgreSQL's programs. */
final class WithoutUsTest {
    @TempDir
    private Path folder;

    @EachPostgres
    void theRepositorysOwnScriptBringsADatabaseBack(TestServer server) {
        var script = new Script(folder, server);
        try (TestDatabase shop = server.fresh();
                TestDatabase copy = server.database(shop.name() + "_copy")) {
            SampleDatabase.fill(shop);
            Programs.Result ran = script.run(Script.backup(shop, folder), copy.name());
            assertThat(ran.exit()).as(ran.errors()).isZero();
            assertThat(ran.text()).endsWith("\nOK\n");

            Map<String, String> rows = IndependentRows.of(shop);
            assertThat(IndependentRows.of(copy)).isEqualTo(rows);
            assertThat(SchemaTexts.of(copy)).isEqualTo(SchemaTexts.of(shop));
            assertThat(SampleDatabase.largeObjects(copy)).isEqualTo(SampleDatabase.largeObjects(shop));
            assertThat(SampleDatabase.sequences(copy)).isEqualTo(SampleDatabase.sequences(shop));
        }
    }

    @EachPostgres
    void rowsThatBreakAForeignKeyComeBackAndEachSuchKeyIsListed(TestServer server) {
        var script = new Script(folder, server);
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database("broken_keys")) {
            database.must(OddDatabase.BROKEN_KEYS);
            Programs.Result ran = script.run(Script.backup(database, folder), copy.name());
            assertThat(ran.exit()).as(ran.errors()).isEqualTo(Script.RESTORED_BUT);
            assertThat(IndependentRows.of(copy)).isEqualTo(IndependentRows.of(database));

            String told = ran.text().substring(ran.text().indexOf("RESTORED, BUT"));
            assertThat(told)
                    .contains("NOT VALID", "\"a;\n key\"", "owned", "made", "(owner)=(3)")
                    .doesNotContain("fine", "it's a key");
            assertThat(copy.must(OddDatabase.KEYS))
                    .contains("fine|t|", "it's a key|t|its comment", "owned|f|every pet has one", "key|f|")
                    .doesNotContain("owned|t|", "key|t|\n");
            // from 18 on a partitioned table may have a key that was not checked
            assertThat(copy.must(OddDatabase.KEYS).contains("made|f|")).isEqualTo(server.major() >= 18);
            assertThat(told.contains("LEFT OUT: ALTER TABLE public.visits")).isEqualTo(server.major() < 18);
        }
    }

    @EachPostgres
    void anOddDatabaseComesBackAndWhatCannotBeFilledIsListed(TestServer server) {
        var script = new Script(folder, server);
        server.must("postgres", OddDatabase.ROLES);
        try (TestDatabase database = server.create("it's \"odd\" \u2603");
                TestDatabase copy = server.database("\"DATABASE it's\" copied")) {
            OddDatabase.fill(database);
            Programs.Result ran = script.run(Script.backup(database, folder), copy.name());
            assertThat(ran.exit()).as(ran.errors()).isEqualTo(Script.RESTORED_BUT);
            assertThat(ran.text()).contains("filling materialized views", "division by zero");

            assertThat(OddDatabase.rowsOfStablePlace(copy)).isEqualTo(OddDatabase.rowsOfStablePlace(database));
            assertThat(copy.must(OddDatabase.REHASHED)).isEqualTo(database.must(OddDatabase.REHASHED));
            assertThat(SchemaTexts.of(copy)).isEqualTo(SchemaTexts.of(database));
            assertThat(SampleDatabase.largeObjects(copy)).isEqualTo(SampleDatabase.largeObjects(database));
            assertThat(copy.must(OddDatabase.SETTINGS)).isEqualTo(database.must(OddDatabase.SETTINGS));
            assertThat(copy.must("SELECT count(*) FROM audit")).isEqualTo(database.must("SELECT count(*) FROM audit"));
        } finally {
            server.must("postgres", OddDatabase.FORGET_ROLES);
        }
    }

    @OldestAndNewestPostgres
    void withoutOwnersEverythingButOwnersAndRightsComesBack(TestServer server) {
        var script = new Script(folder, server);
        server.must("postgres", OddDatabase.ROLES);
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database("script_unowned")) {
            OddDatabase.fill(database);
            String comment =
                    "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()";
            server.must(
                    "postgres",
                    "COMMENT ON DATABASE " + database.name() + " IS 'please;\nALTER DATABASE " + database.name()
                            + " OWNER TO desk;'; ALTER DATABASE " + database.name() + " OWNER TO odd_guest");
            Programs.Result ran = script.run(Script.backup(database, folder), copy.name(), "--no-owner");
            assertThat(ran.exit()).as(ran.errors()).isEqualTo(Script.RESTORED_BUT);
            assertThat(OddDatabase.rowsOfStablePlace(copy)).isEqualTo(OddDatabase.rowsOfStablePlace(database));
            assertThat(copy.must(comment)).isEqualTo(database.must(comment)).startsWith("please;");
            assertThat(copy.must("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"))
                    .isEqualTo("postgres");
            assertThat(copy.must(OddDatabase.SETTINGS)).contains("search_path").doesNotContain("work_mem");
        } finally {
            server.must("postgres", OddDatabase.FORGET_ROLES);
        }
    }

    @OldestAndNewestPostgres
    void bytesThatMeanNothingInOtherEncodingsComeBack(TestServer server) {
        var script = new Script(folder, server);
        for (String encoding : List.of("EUC_JP", "SQL_ASCII")) {
            String name = "script_" + encoding.toLowerCase(Locale.ROOT);
            try (TestDatabase database = server.database(name);
                    TestDatabase copy = server.database(name + "_copy")) {
                server.must(
                        "postgres",
                        "CREATE DATABASE " + name + " TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C' ENCODING '"
                                + encoding + "'");
                database.must(OddDatabase.encoded(encoding));
                Programs.Result ran = script.run(Script.backup(database, folder), copy.name());
                assertThat(ran.exit()).as(ran.errors()).isEqualTo(Script.RESTORED_BUT);
                assertThat(ran.text()).contains("NOT VALID");
                assertThat(IndependentRows.of(copy)).isEqualTo(IndependentRows.of(database));
                assertThat(copy.must(OddDatabase.ENCODED)).isEqualTo(database.must(OddDatabase.ENCODED));
            }
        }
    }

    @Test
    void aPgRestoreThatIsOlderThanThePgDumpIsWarnedOfBeforeAnythingIsMade() {
        List<TestServer> servers = TestServers.each();
        if (servers.size() < 2) {
            Seeds.print("NOT TESTED, since there is only one major: an older pg_restore without Holdfast");
        }
        assumeTrue(servers.size() >= 2);
        TestServer newest = TestServers.newest();
        TestServer older = servers.get(servers.size() - 2);
        var script = new Script(folder, newest);
        try (TestDatabase database = newest.fresh();
                TestDatabase copy = newest.database("read_by_older")) {
            database.must("CREATE TABLE t AS SELECT 1 AS a");
            String backup = Script.backup(database, folder);
            String warning = "warning: the schema was written by pg_dump " + newest.major();
            Programs.Result ran = script.runWith(older, backup, copy.name());
            assertThat(ran.text()).contains(warning, "pg_restore (PostgreSQL) " + older.major());
            assertThat(ran.exit() == 0).as(ran.errors()).isEqualTo(copy.exists());

            Programs.Result oldest = script.runWith(servers.get(0), backup, "read_by_oldest");
            assertThat(oldest.text()).contains(warning);
            assertThat(newest.databases().contains("read_by_oldest")).isEqualTo(oldest.exit() == 0);
            newest.must("postgres", "DROP DATABASE IF EXISTS read_by_oldest");

            copy.close();
            assertThat(script.run(backup, copy.name()).text()).doesNotContain("warning");
        }
    }
}
