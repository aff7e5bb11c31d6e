package dev.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.OldestAndNewestPostgres;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.repository.Head;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Relations whose version fingerprints would not say what changed: they are read again although others are kept. */
final class NeverKeptTest {
    /** What columns hold that name other objects. */
    private static final Map<String, String> NAMES = Map.of(
            "regclass", "named",
            "regproc", "f",
            "regprocedure", "f(int)",
            "regtype", "y",
            "regrole", "$role",
            "regnamespace", "s",
            "aclitem", "$role=r/postgres");

    /** After these their text is another one, without a trace in the tables that hold it. */
    private static final String RENAMES =
            "ALTER TABLE named RENAME TO other; ALTER FUNCTION f(int) RENAME TO other; ALTER TYPE y RENAME TO other_type;"
                    + " ALTER SCHEMA s RENAME TO other; ALTER ROLE $role RENAME TO $role_other";

    /** Takes a backup, lets something change, and takes the next one, which is to be right although it kept what did not change. */
    private static void readAfter(TestDatabase database, String change, Collection<String> relations) {
        database.must("CREATE TABLE still AS SELECT generate_series(1, 100) AS a");
        var backups = new SecondBackups(database);
        Head first = backups.take();
        database.must(change);
        Head second = backups.take();
        assertThat(backups.wrong(second)).isEmpty();
        assertThat(SecondBackups.reuse(second).kept().ranges()).isPositive();
        for (String relation : relations) {
            assertThat(backups.tallies(second).get(relation))
                    .as("the change of %s can be seen", relation)
                    .isNotEqualTo(backups.tallies(first).get(relation));
        }
    }

    @OldestAndNewestPostgres
    void namesOfOtherObjectsAreReadAgainWhateverHoldsThem(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            String role = "named_in_" + database.name();
            database.must("CREATE TABLE named (a int); CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';"
                    + " CREATE TYPE y AS (a int); CREATE SCHEMA s; CREATE ROLE " + role);
            NAMES.forEach((type, name) -> {
                String value = name.replace("$role", role);
                database.must("CREATE DOMAIN d_" + type + " AS " + type + "; CREATE TYPE row_" + type + " AS (a d_"
                        + type + ")");
                String literal = "'" + value + "'::" + type;
                holding(database, "plain_" + type, type, literal);
                holding(database, "array_" + type, type + "[]", "ARRAY[" + literal + "]");
                holding(
                        database,
                        "deep_" + type,
                        "row_" + type + "[]",
                        "ARRAY[ROW(" + literal + ")::row_" + type + "]");
            });
            Set<String> holders = new TreeSet<>();
            NAMES.keySet()
                    .forEach(type -> holders.addAll(
                            List.of("public.plain_" + type, "public.array_" + type, "public.deep_" + type)));
            readAfter(database, RENAMES.replace("$role", role), holders);
            database.must("DROP OWNED BY " + role
                    + "_other; DROP TABLE plain_aclitem, array_aclitem, deep_aclitem; DROP ROLE " + role + "_other");
        }
    }

    /** Nobody knows what the output function of such a type looks at. */
    @OldestAndNewestPostgres
    void typesThatSomebodyMadeAreReadAgain(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must("CREATE TABLE base (a int); CREATE TYPE mine;"
                    + " CREATE FUNCTION mine_in(cstring) RETURNS mine LANGUAGE internal STABLE STRICT AS 'regclassin';"
                    + " CREATE FUNCTION mine_out(mine) RETURNS cstring LANGUAGE internal STABLE STRICT AS 'regclassout';"
                    + " CREATE TYPE mine (INPUT = mine_in, OUTPUT = mine_out, LIKE = oid);"
                    + " CREATE TABLE made (c mine[]); INSERT INTO made VALUES ('{base}')");
            readAfter(database, "ALTER TABLE base RENAME TO base9; CREATE TABLE base (b int)", List.of("public.made"));
        }
    }

    private static void holding(TestDatabase database, String table, String type, String value) {
        database.must("CREATE TABLE " + table + " (c " + type + "); INSERT INTO " + table + " VALUES (" + value + ")");
    }

    @OldestAndNewestPostgres
    void rowsThatAnExtensionChoosesAreReadAgain(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must("CREATE TABLE chosen (id int); INSERT INTO chosen SELECT generate_series(1, 50);"
                    + " CREATE TABLE configured (id int); INSERT INTO configured SELECT generate_series(1, 100)");
            database.must("UPDATE pg_extension SET extconfig = ARRAY['configured'::regclass::oid],"
                    + " extcondition = ARRAY['WHERE id IN (SELECT id FROM public.chosen)'] WHERE extname = 'plpgsql'");
            readAfter(database, "DELETE FROM chosen WHERE id > 10", List.of("public.configured"));
        }
    }

    @OldestAndNewestPostgres
    void leavesByAHashThatDiffersInEachDatabaseAreReadAgain(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must(
                    "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE hashed (m mood, id int) PARTITION BY HASH (m);"
                            + " CREATE TABLE hashed_0 PARTITION OF hashed FOR VALUES WITH (MODULUS 2, REMAINDER 0);"
                            + " CREATE TABLE hashed_1 PARTITION OF hashed FOR VALUES WITH (MODULUS 2, REMAINDER 1);"
                            + " INSERT INTO hashed VALUES ('sad', 1), ('ok', 2)");
            readAfter(database, "ALTER TYPE mood RENAME VALUE 'sad' TO 'glum'", List.of("public.hashed"));
        }
    }

    @OldestAndNewestPostgres
    void aTableThatMayNotBePlannedIsReadAgain(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must("CREATE FUNCTION made(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';"
                    + " CREATE TABLE t (a int); CREATE INDEX ON t (made(a)); INSERT INTO t VALUES (1)");
            readAfter(database, "UPDATE t SET a = 2", List.of("public.t"));
        }
    }

    /** Whether an empty page counts depends on pages of its object in other ranges; an object that is equal may so have other pages. */
    @OldestAndNewestPostgres
    void aRangeOfLargeObjectsWithAnEmptyPageIsReadAgain(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must("SELECT lo_from_bytea(70000, convert_to(repeat('x', 6144), 'UTF8'));"
                    + " BEGIN; SELECT lo_truncate64(lo_open(70000, 131072), 2048); COMMIT;"
                    + " SELECT lo_from_bytea(0, convert_to(string_agg(md5(i || ' ' || j), ''), 'UTF8'))"
                    + "  FROM generate_series(1, 30) i, generate_series(1, 250) j GROUP BY i");
            assertThat(database.must("SELECT pageno FROM pg_largeobject WHERE loid = 70000 AND length(data) = 0"))
                    .isEqualTo("1");
            var backups = new SecondBackups(database);
            backups.take();
            database.must("SELECT lo_put(70000, 20000, 'far behind')");
            Head second = backups.take();
            assertThat(backups.wrong(second)).isEmpty();
            assertThat(SecondBackups.reuse(second).kept().ranges()).isGreaterThan(3);
            SecondBackups full = backups.elsewhere();
            assertThat(backups.tallies(second)).isEqualTo(full.tallies(full.take()));
        }
    }

    /** From 16 on a right to write lets such a table be locked; but the versions of its rows may not be asked for. */
    @EachPostgres
    void aTableThatMayOnlyBeReadByColumnIsReadAgain(TestServer server) {
        assumeTrue(server.major() >= 16);
        try (TestDatabase database = server.fresh()) {
            String role = "reader_in_" + database.name();
            database.must(
                    "CREATE TABLE t (a int); INSERT INTO t VALUES (1); CREATE TABLE still (b int); CREATE ROLE " + role
                            + " LOGIN; GRANT SELECT (a) ON t TO " + role + "; GRANT INSERT ON t TO " + role
                            + "; GRANT SELECT ON still TO " + role);
            String url = database.url().replace("postgres@", role + "@");
            var backups = new SecondBackups(database);
            backups.takeAt(url);
            database.must("UPDATE t SET a = 2");
            Head second = backups.takeAt(url);
            assertThat(backups.wrong(second)).isEmpty();
            assertThat(SecondBackups.reuse(second).kept().ranges()).isOne();
            database.must("DROP OWNED BY " + role + "; DROP ROLE " + role);
        }
    }
}
