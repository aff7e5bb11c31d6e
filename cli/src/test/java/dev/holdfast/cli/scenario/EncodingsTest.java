package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.OldestAndNewestPostgres;
import dev.holdfast.postgres.testing.SchemaTexts;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Text in every encoding comes back as it was stored, whatever the database's clients prefer. */
final class EncodingsTest {
    private static final String COMMENT =
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()";

    /** Strings of each encoding; where there are such, some that UTF-8 has no character for. */
    private static final Map<String, String> BYTES = Map.of(
            "EUC_JP", "'{\\\\xada1,\\\\xa4a2}'",
            "SQL_ASCII", "'{\\\\xff80fe,\\\\xc3}'",
            "LATIN1", "'{\\\\xe9,\\\\x80}'",
            "WIN1251", "'{\\\\x98,\\\\xe9}'");

    @TempDir
    private Path folder;

    @OldestAndNewestPostgres
    void theEncodingThatTheDatabasePrefersForItsClientsChangesNothing(TestServer server) {
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database("encoded")) {
            database.must(
                    "CREATE TABLE \"caf\u00e9\" AS SELECT 'na\u00efve'::text AS t; COMMENT ON TABLE \"caf\u00e9\" IS '\u00e9'");
            server.must("postgres", "COMMENT ON DATABASE " + database.name() + " IS 'caf\u00e9 \ud83d\ude00'");
            database.alter("SET client_encoding = 'LATIN1'");
            BringBack.of(folder, database, copy);
            assertThat(copy.must("SET client_encoding = 'UTF8'; " + COMMENT)).isEqualTo("caf\u00e9 \ud83d\ude00");
            assertThat(SchemaTexts.of(copy)).isEqualTo(SchemaTexts.of(database));
        }
    }

    @OldestAndNewestPostgres
    void aDatabaseInAnotherEncodingKeepsItsComments(TestServer server) {
        try (TestDatabase database = server.database("latin");
                TestDatabase copy = server.database("latin_copy")) {
            server.must(
                    "postgres",
                    "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'; COMMENT ON DATABASE latin IS 'caf\u00e9'");
            database.must("CREATE TABLE t AS SELECT 'na\u00efve'::text AS t; COMMENT ON TABLE t IS '\u00e9'");
            BringBack.of(folder, database, copy);
            assertThat(copy.must(COMMENT)).isEqualTo("caf\u00e9");
            assertThat(SchemaTexts.of(copy)).isEqualTo(SchemaTexts.of(database));
        }
    }

    @OldestAndNewestPostgres
    void bytesThatMeanNothingInOtherEncodingsComeBack(TestServer server) {
        for (String encoding : List.of("EUC_JP", "SQL_ASCII", "LATIN1", "WIN1251")) {
            String name = "coded_" + encoding.toLowerCase(Locale.ROOT);
            try (TestDatabase database = server.database(name);
                    TestDatabase copy = server.database(name + "_copy")) {
                server.must(
                        "postgres",
                        "CREATE DATABASE " + name + " TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C' ENCODING '"
                                + encoding + "'");
                database.must("CREATE TABLE t (a bytea, b text); INSERT INTO t SELECT b, convert_from(b, '" + encoding
                        + "') FROM unnest(" + BYTES.get(encoding) + "::bytea[]) AS b");
                BringBack.of(folder, database, copy);
                assertThat(copy.must("SELECT count(*) FROM t WHERE a = convert_to(b, '" + encoding + "')"))
                        .isEqualTo("2");
            }
        }
    }

    @OldestAndNewestPostgres
    void namesThatAreNotUtf8AreNamedBeforeAnythingIsReadAndThoseThatAreComeBack(TestServer server) {
        try (TestDatabase database = server.database("odd_ascii");
                TestDatabase copy = server.database("odd_ascii_copy")) {
            server.must(
                    "postgres",
                    "CREATE DATABASE odd_ascii TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C' ENCODING 'SQL_ASCII'");
            database.must(
                    "CREATE TYPE mood AS ENUM ('caf\u00e9'); CREATE TABLE \"na\u00efve\" AS SELECT 'caf\u00e9'::mood AS \"\u00e9\";"
                            + " CREATE VIEW seen AS SELECT 1 AS a");
            BringBack.of(folder, database, copy);
            assertThat(SchemaTexts.of(copy)).isEqualTo(SchemaTexts.of(database));
            for (String odd : List.of(
                    "CREATE SCHEMA %I; schema",
                    "CREATE TABLE %I (); table",
                    "CREATE SEQUENCE %I; sequence",
                    "CREATE TABLE t (%I int); column t.",
                    "CREATE TYPE %I AS ENUM (); type",
                    "CREATE TYPE label AS ENUM (%L); label of type label",
                    "CREATE FUNCTION %I() RETURNS int LANGUAGE sql AS 'SELECT 1'; function",
                    "COMMENT ON LARGE OBJECT 7 IS %L; comment of large object 7",
                    "ALTER VIEW seen OWNER TO %I; role")) {
                List<String> parts = List.of(odd.split("; ", -1));
                assertNamed(server, database, parts.get(0), parts.get(1));
            }
        }
    }

    /** Each in a database of its own, since one is enough to be refused. */
    private void assertNamed(TestServer server, TestDatabase template, String make, String kind) {
        try (TestDatabase odd = server.database("one_odd")) {
            server.must("postgres", "CREATE DATABASE one_odd TEMPLATE " + template.name());
            String format = "DO $$ BEGIN EXECUTE format('%s', convert_from('\\x78ff', 'SQL_ASCII')); END $$";
            odd.must("SET client_encoding = 'SQL_ASCII'; SELECT lo_create(7);"
                    + (kind.equals("role") ? String.format(format, "CREATE ROLE %I") + ";" : "")
                    + String.format(format, make.replace("'", "''")));
            Ran refused = Cli.of(odd, folder).run("backup");
            Failures.assertClear(refused, 2);
            assertThat(refused.err()).contains("not UTF-8", kind, "x\\xff");
            odd.must("SET client_encoding = 'SQL_ASCII';"
                    + (kind.equals("role")
                            ? " ALTER VIEW seen OWNER TO postgres; " + String.format(format, "DROP ROLE %I")
                            : "SELECT 1"));
        }
    }

    @OldestAndNewestPostgres
    void commentsOfADatabaseThatDoesNotKnowItsEncodingComeBackAsStored(TestServer server) {
        String comment = "SELECT encode(convert_to(obj_description('t'::regclass), 'SQL_ASCII'), 'escape')";
        try (TestDatabase database = server.database("ascii");
                TestDatabase copy = server.database("ascii_copy")) {
            server.must(
                    "postgres",
                    "CREATE DATABASE ascii TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C' ENCODING 'SQL_ASCII'");
            database.must(
                    "SET client_encoding = 'SQL_ASCII'; CREATE TABLE t AS SELECT 1 AS a;"
                            + " DO $$ BEGIN EXECUTE format('COMMENT ON TABLE t IS %L', convert_from('\\xe9ff', 'SQL_ASCII')); END $$");
            BringBack.of(folder, database, copy);
            assertThat(copy.must(comment)).isEqualTo("\\351\\377").isEqualTo(database.must(comment));
        }
    }
}
