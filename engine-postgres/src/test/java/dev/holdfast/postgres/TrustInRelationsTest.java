package dev.holdfast.postgres;

import static dev.holdfast.postgres.TrustCondition.COLUMNS;
import static dev.holdfast.postgres.TrustCondition.DATABASE;
import static dev.holdfast.postgres.TrustCondition.FILE;
import static dev.holdfast.postgres.TrustCondition.RULES;
import static dev.holdfast.postgres.TrustCondition.TABLE;
import static dev.holdfast.postgres.TrustCondition.TYPES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.engine.Capture;
import dev.holdfast.engine.Earlier;
import dev.holdfast.engine.Part;
import dev.holdfast.engine.Relation;
import dev.holdfast.json.JsonObject;
import dev.holdfast.postgres.testing.OldestAndNewestPostgres;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** For each condition that looks at a relation or the reading itself, a change that only it sees. */
final class TrustInRelationsTest {
    /** Two rows in a page, so that four pages make a range, and each page is as full as the others. */
    private static final String WIDE = "CREATE TABLE t (id int PRIMARY KEY, n int, pad text) WITH (fillfactor = 10);"
            + " CREATE INDEX t_n ON t (n); INSERT INTO t SELECT i, -i, repeat('x', 350) FROM generate_series(1, 64) i";

    private static void changed(
            TestServer server, String before, String change, TrustCondition needed, TrustCondition... overlapping) {
        try (TestDatabase database = server.fresh()) {
            database.must(before);
            var backups = new BesideAFullRead(database);
            database.must(change);
            backups.needs(needed, "public.t", overlapping);
        }
    }

    @OldestAndNewestPostgres
    void columnsSeeAColumnMadeAgainWithAnotherDefault(TestServer server) {
        changed(
                server,
                "CREATE TABLE t AS SELECT generate_series(1, 100) AS a; ALTER TABLE t ADD c int DEFAULT 1",
                "ALTER TABLE t DROP c; ALTER TABLE t ADD c int DEFAULT 2; ALTER TABLE t ALTER c SET DEFAULT 1",
                COLUMNS);
    }

    @OldestAndNewestPostgres
    void typesSeeAnAttributeDropped(TestServer server) {
        changed(
                server,
                "CREATE TYPE comp AS (a int, b int); CREATE TABLE t (c comp); INSERT INTO t VALUES ((1, 2))",
                "ALTER TYPE comp DROP ATTRIBUTE b; ALTER TYPE comp ADD ATTRIBUTE z int",
                TYPES);
    }

    @OldestAndNewestPostgres
    void typesSeeAnotherTableWhoseRowsAreValues(TestServer server) {
        changed(
                server,
                "CREATE TABLE base (a int); CREATE TABLE t (c base); INSERT INTO t VALUES (ROW(7))",
                "ALTER TABLE base ADD b int",
                TYPES);
    }

    @OldestAndNewestPostgres
    void typesSeeALabelDeepInsideAnArrayOfRowsOfADomain(TestServer server) {
        changed(
                server,
                "CREATE TYPE mood AS ENUM ('x'); CREATE DOMAIN feeling AS mood; CREATE TYPE comp AS (f feeling);"
                        + " CREATE TABLE t (c comp[]); INSERT INTO t VALUES (ARRAY[ROW('x')::comp])",
                "ALTER TYPE mood RENAME VALUE 'x' TO 'q'",
                TYPES);
    }

    /** Each of the two sees it alone. */
    @OldestAndNewestPostgres
    void columnsAndTypesSeeATypeThatChangedWithoutARewrite(TestServer server) {
        String before = "CREATE TABLE t (ts timestamptz); INSERT INTO t VALUES ('2026-01-01 00:00+00')";
        String change = "SET TimeZone = 'UTC'; ALTER TABLE t ALTER ts TYPE timestamp";
        changed(server, before, change, COLUMNS, TYPES);
        changed(server, before, change, TYPES, COLUMNS);
    }

    /** Rows of one transaction change places and keep their versions; then one range is read, and the others are not what they were. */
    @OldestAndNewestPostgres
    void fileSeesRowsThatChangedPlaces(TestServer server) {
        changed(server, WIDE, "CLUSTER t USING t_n; UPDATE t SET pad = 'one' WHERE id = 64", FILE);
    }

    /** Each of the two sees it alone. */
    @OldestAndNewestPostgres
    void tableAndFileSeeTablesOfOneTransactionRenamedToEachOther(TestServer server) {
        String before = "BEGIN; CREATE TABLE t (a text); CREATE TABLE u (a text); INSERT INTO t VALUES ('of t');"
                + " INSERT INTO u VALUES ('of u'); COMMIT";
        String change = "ALTER TABLE t RENAME TO w; ALTER TABLE u RENAME TO t; ALTER TABLE w RENAME TO u";
        changed(server, before, change, TABLE, FILE);
        changed(server, before, change, FILE, TABLE);
    }

    private record Seen(JsonObject facts, Relation relation, List<?> fingerprints, List<String> firstRange) {
        static Seen of(Capture capture) {
            Relation relation = capture.relations().get(0);
            var reader = capture.readers().get(0);
            List<Part> parts = relation.ranges().stream()
                    .map(range -> new Part(relation, range))
                    .toList();
            List<String> rows = new ArrayList<>();
            reader.read(
                    relation,
                    relation.ranges().get(0),
                    (bytes, offset, length, ends) ->
                            rows.add(new String(bytes, offset, length, java.nio.charset.StandardCharsets.UTF_8)));
            return new Seen(capture.settle(), relation, reader.fingerprints(parts), rows);
        }

        Earlier earlier() {
            return new Earlier(Optional.empty(), facts, name -> Optional.of(relation.facts()));
        }
    }

    private static Seen see(TestDatabase database, Earlier earlier, TrustCondition... unchecked) {
        try (var connected = (PostgresDatabase) Captures.connect(database)) {
            connected.leaveUnchecked(Set.of(unchecked));
            connected.cutInto(4);
            try (Capture capture = connected.capture(Captures.run(), 1, earlier)) {
                return Seen.of(capture);
            }
        }
    }

    /** The copy has the same tables with the same versions. A repository finds no parent of another database, so this asks the engine. */
    @OldestAndNewestPostgres
    void databaseSeesACopyThatWentItsOwnWay(TestServer server) {
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database(database.name() + "_copy")) {
            database.must(WIDE);
            server.must("postgres", "CREATE DATABASE " + copy.name() + " TEMPLATE " + database.name());
            copy.must("CLUSTER t USING t_n");
            Seen before = see(database, Earlier.none("a test"));

            Seen without = see(copy, before.earlier(), DATABASE, FILE);
            assertThat(without.relation.readInFull()).isEmpty();
            assertThat(without.fingerprints).hasSize(8).isEqualTo(before.fingerprints);
            assertThat(without.firstRange).isNotEqualTo(before.firstRange);
            assertThat(see(copy, before.earlier(), FILE).relation.readInFull()).contains("it is another database");
        }
    }

    /** There is no other version yet, so this only shows that it would be seen. */
    @OldestAndNewestPostgres
    void rulesSeeAnotherVersionOfHoldfast(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must(WIDE);
            Seen before = see(database, Earlier.none("a test"));
            before.facts.put("reading_rules", 0);
            assertThat(see(database, before.earlier()).relation.readInFull()).isPresent();
            assertThat(see(database, before.earlier(), RULES).relation.readInFull())
                    .isEmpty();
        }
    }
}
