package dev.holdfast.postgres.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The comparison that other tests rest on sees what it is there to see. */
final class LikenessTest {
    private static final String SCHEMA =
            "CREATE TABLE t (a int PRIMARY KEY, b text COLLATE \"C\"); CREATE TABLE p (c int);"
                    + " CREATE TABLE k () INHERITS (p); CREATE SEQUENCE s; CREATE VIEW v AS SELECT a FROM t;"
                    + " CREATE FUNCTION f(x int DEFAULT 1) RETURNS int LANGUAGE sql AS 'SELECT x';"
                    + " CREATE TYPE e AS ENUM ('a', 'b'); INSERT INTO t VALUES (1, 'x'), (2, 'y')";

    /** Each changes one thing in one of two equal databases. */
    private static final List<String> CHANGES = List.of(
            "UPDATE t SET b = 'z' WHERE a = 2",
            "DELETE FROM t WHERE a = 1",
            "INSERT INTO k VALUES (NULL)",
            "SELECT nextval('s')",
            "ALTER SEQUENCE s INCREMENT 2",
            "COMMENT ON COLUMN t.b IS 'é'",
            "GRANT SELECT (b) ON t TO PUBLIC",
            "ALTER TABLE t ALTER b SET STORAGE EXTERNAL",
            "ALTER TABLE t ALTER b TYPE text COLLATE \"POSIX\"",
            "ALTER TABLE t SET (fillfactor = 50)",
            "ALTER TABLE t REPLICA IDENTITY FULL",
            "ALTER TABLE t CLUSTER ON t_pkey",
            "ALTER TABLE k NO INHERIT p",
            "ALTER VIEW v SET (security_barrier)",
            "ALTER FUNCTION f SET work_mem = '1MB'",
            "REVOKE EXECUTE ON FUNCTION f FROM PUBLIC",
            "ALTER TYPE e ADD VALUE 'c'",
            "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC",
            "CREATE STATISTICS st ON a, b FROM t",
            "CREATE UNIQUE INDEX CONCURRENTLY i ON t ((a / 10))"); // fails, and leaves an invalid index, which no dump
    // shows

    @Test
    void aDifferenceInAnythingIsSeen() {
        TestServer server = TestServers.newest();
        try (TestDatabase one = server.fresh();
                TestDatabase other = server.fresh()) {
            one.must(SCHEMA);
            other.must(SCHEMA);
            Likeness before = Likeness.of(one);
            assertThat(before.unlike(Likeness.of(other))).isEmpty();
            for (String change : CHANGES) {
                server.psql(other.name(), change);
                Likeness after = Likeness.of(other);
                assertThat(before.unlike(after)).as(change).isNotEmpty();
                before = after;
            }
        }
    }
}
