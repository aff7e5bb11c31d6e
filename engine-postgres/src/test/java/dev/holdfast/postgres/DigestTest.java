package dev.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.OldestAndNewestPostgres;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A single value that changes changes what is read of exactly its table; nothing else does. */
final class DigestTest {
    /** Type, a value, and another one that a person might take for the same. */
    private static final String[][] CHANGES = {
        {"int", "1", "2"},
        {"int", "NULL", "0"},
        {"bigint", "9223372036854775807", "9223372036854775806"},
        {"text", "''", "NULL"},
        {"text", "''", "' '"},
        {"text", "'a'", "'a '"},
        {"text", "'a'", "'A'"},
        {"text", "E'a\\tb'", "E'a b'"},
        {"text", "E'a\\nb'", "E'a\\\\nb'"},
        {"text", "E'a\\nb'", "E'a\\r\\nb'"},
        {"text", "'\\N'", "NULL"},
        {"text", "'NULL'", "NULL"},
        {"text", "E'\\u00e9'", "E'e\\u0301'"},
        {"text", "E'\\u00a0'", "' '"},
        {"char(3)", "'ab'", "'abc'"},
        {"numeric", "1.0", "1.00"},
        {"numeric", "'NaN'", "0"},
        {"numeric", "1e-300", "0"},
        {"float4", "0.1", "0.10000001"},
        {"float8", "0.1", "0.1 + 1e-17::float8 * 2"},
        {"float8", "0", "'-0'"},
        {"float8", "'NaN'", "'Infinity'"},
        {"boolean", "true", "false"},
        {"timestamptz", "'2026-01-01 00:00+00'", "'2026-01-01 00:00:00.000001+00'"},
        {"timestamp", "'infinity'", "'-infinity'"},
        {"interval", "'1 mon'", "'30 days'"},
        {"interval", "'1 day'", "'24 hours'"},
        {"date", "'0001-01-01'", "'0001-01-01 BC'"},
        {"json", "'{\"a\":1}'", "'{\"a\": 1}'"},
        {"jsonb", "'{\"a\":1}'", "'{\"a\":1.0}'"},
        {"jsonb", "'null'", "NULL"},
        {"bytea", "''", "'\\x00'"},
        {"bytea", "'\\x00ff'", "'\\xff00'"},
        {"int[]", "'{}'", "NULL"},
        {"int[]", "'{1,2}'", "'{2,1}'"},
        {"int[]", "'{NULL}'", "'{0}'"},
        {"text[]", "'{NULL}'", "'{\"NULL\"}'"},
        {"int[]", "'[2:3]={1,2}'", "'{1,2}'"},
        {"inet", "'10.0.0.1/24'", "'10.0.0.1'"},
        {"bit varying", "B'10'", "B'100'"},
        {"int4range", "'[1,2)'", "'empty'"},
        {"uuid", "'00000000-0000-0000-0000-000000000000'", "NULL"},
        {"money", "1", "1.01"},
    };

    @OldestAndNewestPostgres
    void oneChangedValueChangesExactlyItsTable(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            var make = new StringBuilder();
            for (int i = 0; i < CHANGES.length; i++) {
                make.append("CREATE TABLE t%d (id int, v %s); INSERT INTO t%d VALUES (1, %s), (2, NULL), (3, %s);\n"
                        .formatted(i, CHANGES[i][0], i, CHANGES[i][1], CHANGES[i][1]));
            }
            database.must(make.toString());
            Map<String, List<String>> before = Captures.rows(database);
            assertThat(Captures.rows(database)).isEqualTo(before);
            for (int i = 0; i < CHANGES.length; i++) {
                database.must("UPDATE t%d SET v = %s WHERE id = 1".formatted(i, CHANGES[i][2]));
            }
            Map<String, List<String>> after = Captures.rows(database);
            for (int i = 0; i < CHANGES.length; i++) {
                assertThat(after.get("public.t" + i))
                        .as(String.join(" ", CHANGES[i]))
                        .isNotEqualTo(before.get("public.t" + i));
            }
            var changed = new StringBuilder();
            for (int i = 0; i < CHANGES.length; i++) {
                changed.append("UPDATE t%d SET v = %s WHERE id = 1;\n".formatted(i, CHANGES[i][1]));
            }
            database.must(changed.toString());
            assertThat(Captures.rows(database)).isEqualTo(before);
        }
    }

    @EachPostgres
    void tablesOfEveryKindAreReadOnceAndWithTheRightColumns(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must("""
                    CREATE TABLE generated (a int, twice int GENERATED ALWAYS AS (a * 2) STORED, gone int, b text);
                    ALTER TABLE generated DROP COLUMN gone; INSERT INTO generated (a, b) VALUES (1, 'x');
                    CREATE TABLE nothing (); INSERT INTO nothing DEFAULT VALUES; INSERT INTO nothing DEFAULT VALUES;
                    CREATE TABLE p (k int, v text) PARTITION BY LIST (k);
                    CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
                    CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2) PARTITION BY LIST (v);
                    CREATE TABLE p2x PARTITION OF p2 FOR VALUES IN ('x'); INSERT INTO p VALUES (1, 'a'), (2, 'x');
                    CREATE TABLE parent (a int); CREATE TABLE child (b int) INHERITS (parent);
                    INSERT INTO parent VALUES (1); INSERT INTO child VALUES (2, 3);
                    CREATE UNLOGGED TABLE hasty (a int GENERATED ALWAYS AS IDENTITY); INSERT INTO hasty DEFAULT VALUES;
                    CREATE SCHEMA "a.b"; CREATE TABLE "a.b"."c""d" ("select" int, "☃" int); INSERT INTO "a.b"."c""d" VALUES (1, 2);
                    CREATE SCHEMA a; CREATE TABLE a."b.c" (x int); CREATE VIEW v AS SELECT 1; CREATE MATERIALIZED VIEW m AS SELECT 1;
                    CREATE TEMP TABLE temporary (a int);
                    """);
            Map<String, List<String>> rows = Captures.rows(database);
            assertThat(rows.get("public.generated")).containsExactly("1\tx\n");
            assertThat(rows.get("public.nothing")).containsExactly("\n", "\n");
            assertThat(rows.get("public.p1")).containsExactly("1\ta\n");
            assertThat(rows.get("public.p2x")).containsExactly("2\tx\n");
            assertThat(rows.get("public.parent")).containsExactly("1\n");
            assertThat(rows.get("public.child")).containsExactly("2\t3\n");
            assertThat(rows.get("public.hasty")).containsExactly("1\n");
            assertThat(rows.get("\"a.b\".\"c\"\"d\"")).containsExactly("1\t2\n");
            assertThat(new TreeSet<>(rows.keySet()))
                    .containsExactly(
                            "\"a.b\".\"c\"\"d\"",
                            "a.\"b.c\"",
                            "public.child",
                            "public.generated",
                            "public.hasty",
                            "public.nothing",
                            "public.p1",
                            "public.p2x",
                            "public.parent");
        }
    }

    @Test
    void aLargeTableIsReadInRangesOnceEachWhateverItsPagesHold() {
        try (TestDatabase database = TestServers.newest().fresh()) {
            database.must(
                    "CREATE TABLE t AS SELECT i AS a, repeat('x', 300) AS b FROM generate_series(1, 50000) i;"
                            + " DELETE FROM t WHERE a % 3 = 0 OR a BETWEEN 20000 AND 30000; UPDATE t SET b = 'y' WHERE a % 7 = 0");
            List<String> expected = new ArrayList<>();
            database.must("SELECT a || E'\\t' || b FROM t").lines().forEach(line -> expected.add(line + "\n"));
            expected.sort(null);
            int ranges = Captures.with(
                    database, 1, capture -> capture.relations().get(0).ranges().size());
            assertThat(ranges).isGreaterThan(2);
            assertThat(Captures.rows(database).get("public.t")).isEqualTo(expected);
        }
    }
}
