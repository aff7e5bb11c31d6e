package dev.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.engine.Capture;
import dev.holdfast.engine.Database;
import dev.holdfast.engine.Earlier;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that come to mean something else than at the snapshot: either another moment is taken, or there is no backup. */
@Timeout(60)
final class CatalogDriftTest {
    private static final String SETUP = """
            CREATE TYPE mood AS ENUM ('fine', 'bad'); CREATE TYPE pair AS (a int, b int);
            CREATE TABLE t (id serial PRIMARY KEY, c text, d text, m mood, p pair);
            INSERT INTO t (c, d, m, p) SELECT 'c' || i, 'd' || i, 'fine', (i, i)::pair FROM generate_series(1, 1000) i;
            CREATE SCHEMA live; CREATE TABLE live.t AS SELECT generate_series(1, 500) AS a; CREATE SEQUENCE free;
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE t RENAME TO t_old; CREATE TABLE t (LIKE t_old INCLUDING ALL)",
                "ALTER TABLE t DROP COLUMN c; ALTER TABLE t ADD COLUMN c text",
                "ALTER TABLE t RENAME c TO x; ALTER TABLE t RENAME d TO c; ALTER TABLE t RENAME x TO d",
                "ALTER TABLE t ALTER c TYPE varchar",
                "ALTER SCHEMA live RENAME TO old; CREATE SCHEMA live; CREATE TABLE live.t (a int)",
            })
    void aChangeBetweenSnapshotAndLockMeansANewMoment(String change) {
        try (TestDatabase database = TestServers.newest().fresh()) {
            database.must(SETUP);
            var asked = new AtomicInteger();
            TableChoice choice = lead -> {
                List<Table> tables = TableChoice.all(lead);
                if (asked.incrementAndGet() == 1) {
                    database.must(change);
                }
                return tables;
            };
            Map<String, List<String>> rows;
            try (var reading = new PostgresReading(Moment.open(Captures.connections(database), choice, 2))) {
                rows = Captures.rows(reading);
            }
            assertThat(asked).hasValue(2);
            assertThat(rows).isEqualTo(Captures.rows(database));
            assertThat(rows.values().stream().mapToInt(List::size).sum()).isEqualTo(1500);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER SCHEMA live RENAME TO old; CREATE SCHEMA live; CREATE TABLE live.t (a int)",
                "ALTER SCHEMA live RENAME TO old",
            })
    void aSchemaThatChangesItsNameWhileRowsAreReadEndsTheBackup(String change) {
        try (TestDatabase database = TestServers.newest().fresh()) {
            database.must(SETUP);
            assertRefused(
                    "live.t was renamed",
                    () -> Captures.with(database, 2, capture -> {
                        database.must(change);
                        return Captures.rows(capture);
                    }));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TYPE mood RENAME VALUE 'fine' TO 'good'",
                "ALTER TYPE pair RENAME ATTRIBUTE a TO z CASCADE",
                "ALTER SEQUENCE free RESTART",
                "ALTER SEQUENCE free MAXVALUE 10",
                "DROP SEQUENCE free; CREATE SEQUENCE free",
                "ALTER SCHEMA live RENAME TO old",
                "ALTER SCHEMA live RENAME TO old; ALTER SCHEMA old RENAME TO live",
                "ALTER TYPE mood RENAME VALUE 'fine' TO 'good'; ALTER TYPE mood RENAME VALUE 'good' TO 'fine'",
            })
    void aChangeOfWhatTheSnapshotShowsIsNoticed(String change) {
        try (TestDatabase database = TestServers.newest().fresh()) {
            database.must(SETUP);
            PgConnections connections = Captures.connections(database);
            try (Moment moment = Moment.open(connections, TableChoice::all, 1)) {
                assertThat(CatalogDrift.since(moment.lead(), connections)).isEmpty();
                database.must(change);
                assertThat(CatalogDrift.since(moment.lead(), connections)).isNotEmpty();
            }
        }
    }

    @Test
    void aLabelRenamedWhileTheBackupIsTakenEndsIt() {
        try (TestDatabase database = TestServers.newest().fresh()) {
            database.must(SETUP);
            assertRefused(
                    "changed while the backup was taken: type public.mood",
                    () -> Captures.with(database, 2, capture -> {
                        database.must("ALTER TYPE mood RENAME VALUE 'fine' TO 'good'");
                        Captures.rows(capture);
                        capture.pieces();
                        return capture.settle();
                    }));
        }
    }

    /** What a column's text is the name of, and rows of what is no table. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "CREATE ROLE $r1 | CREATE TABLE n AS SELECT '$r1'::regrole AS c ; ALTER ROLE $r1 RENAME TO $r2",
                "CREATE TEXT SEARCH CONFIGURATION c1 (COPY = simple) | CREATE TABLE n AS SELECT 'c1'::regconfig AS c"
                        + " ; ALTER TEXT SEARCH CONFIGURATION c1 RENAME TO c2",
                "CREATE FUNCTION f1() RETURNS int LANGUAGE sql AS 'SELECT 1' | CREATE TABLE n AS SELECT 'f1'::regproc AS c"
                        + " ; ALTER FUNCTION f1() RENAME TO f2",
                "CREATE VIEW w AS SELECT 1 AS a | CREATE TABLE n (c w) | INSERT INTO n VALUES (ROW(1))"
                        + " ; ALTER VIEW w RENAME a TO b"
            })
    void whatOnlyTheTextOfRowsNamesEndsABackupToo(String before, String meanwhile) {
        try (TestDatabase database = TestServers.newest().fresh()) {
            String role = "r_" + database.name();
            database.must(before.replace("$r", role).replace('|', ';'));
            assertRefused(
                    "changed while the backup was taken",
                    () -> Captures.with(database, 1, capture -> {
                        capture.pieces();
                        database.must(meanwhile.replace("$r", role));
                        return capture.settle();
                    }));
            database.must("DROP TABLE n; DROP ROLE IF EXISTS " + role + "1, " + role + "2");
        }
    }

    @Test
    void whatIsMadeMeanwhileDoesNotMatter() {
        try (TestDatabase database = TestServers.newest().fresh()) {
            database.must(SETUP);
            boolean holds = Captures.with(database, 2, capture -> {
                database.must(
                        "CREATE TABLE u (a int); CREATE TYPE other AS ENUM ('x'); ALTER TYPE mood ADD VALUE 'sad';"
                                + " CREATE SEQUENCE one_more; SELECT nextval('free'); CREATE INDEX ON t (c); CREATE SCHEMA s;"
                                + " INSERT INTO t (c) VALUES ('more')");
                assertThat(Captures.rows(capture).get("public.t")).hasSize(1000);
                capture.pieces();
                return capture.settle().flag("fingerprints_hold");
            });
            assertThat(holds).isTrue();
        }
    }

    @Test
    void whoeverHoldsALockOnAPartitionedTableIsNamed() {
        TestServer server = TestServers.newest();
        try (TestDatabase database = server.fresh()) {
            database.must(
                    "CREATE TABLE part (a int) PARTITION BY LIST (a); CREATE TABLE one PARTITION OF part DEFAULT");
            PgConnections connections = Captures.connections(database);
            try (PgSession holder = connections.openSession();
                    Database connected = Captures.connect(database)) {
                PgConnections.execute(
                        holder.connection(), "test", "BEGIN; LOCK TABLE ONLY public.part IN ACCESS EXCLUSIVE MODE");
                assertRefused("public.part is locked by process", () -> {
                    try (Capture capture = connected.capture(Captures.run(), 1, Earlier.none("a test"))) {
                        return capture.relations();
                    }
                });
            }
        }
    }

    @Test
    void aServerWithoutAConnectionLeftMeansFewerReaders() {
        TestServer server = TestServers.newest();
        try (TestDatabase database = server.fresh()) {
            database.must(
                    "CREATE TABLE t AS SELECT generate_series(1, 1000) AS a; CREATE ROLE few LOGIN CONNECTION LIMIT 3;"
                            + " GRANT SELECT ON t TO few");
            var connections = new PgConnections(PgAddress.of(database.url().replace("postgres@", "few@"), Map.of()));
            try (var reading = new PostgresReading(Moment.open(connections, TableChoice::all, 8))) {
                assertThat(reading.readers()).hasSize(2); // the third place is for pg_dump
                assertThat(Captures.rows(reading).get("public.t")).hasSize(1000);
            } finally {
                database.must("REVOKE ALL ON t FROM few; DROP ROLE few");
            }
        }
    }

    private static void assertRefused(String reason, Callable<?> doing) {
        assertThatThrownBy(doing::call)
                .hasMessageContaining(reason)
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_FAILED));
    }
}
