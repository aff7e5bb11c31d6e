package dev.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.engine.Capture;
import dev.holdfast.engine.Database;
import dev.holdfast.engine.Earlier;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One moment of a database, whatever others do to it meanwhile. */
@Timeout(60)
final class CaptureTest {
    private static int rows(Moment moment) {
        try (var reading = new PostgresReading(moment)) {
            return Captures.rows(reading).values().stream().mapToInt(List::size).sum();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TRUNCATE t",
                "VACUUM FULL t",
                "ALTER TABLE t ALTER a TYPE bigint",
                "CLUSTER t USING t_pkey",
                "TRUNCATE t; INSERT INTO t SELECT generate_series(1, 7)",
            })
    void aTableRewrittenBetweenSnapshotAndLockIsReadInANewMoment(String rewrite) {
        for (TestServer server : TestServers.each()) {
            try (TestDatabase database = server.fresh()) {
                database.must("CREATE TABLE t (a int PRIMARY KEY); INSERT INTO t SELECT generate_series(1, 1000)");
                var asked = new AtomicInteger();
                TableChoice choice = lead -> {
                    List<Table> tables = TableChoice.all(lead);
                    if (asked.incrementAndGet() == 1) {
                        database.must(rewrite);
                    }
                    return tables;
                };
                int found = rows(Moment.open(Captures.connections(database), choice, 2));
                assertThat(asked).hasValue(2);
                assertThat(found).isEqualTo(Integer.parseInt(database.must("SELECT count(*) FROM t")));
            }
        }
    }

    @Test
    void aTableDroppedOrRenamedBetweenSnapshotAndLockStartsAgain() {
        try (TestDatabase database = TestServers.newest().fresh()) {
            database.must("CREATE TABLE t (a int); CREATE TABLE u (b int); INSERT INTO u VALUES (1)");
            var asked = new AtomicInteger();
            TableChoice choice = lead -> {
                List<Table> tables = TableChoice.all(lead);
                switch (asked.incrementAndGet()) {
                    case 1 -> database.must("DROP TABLE t");
                    case 2 -> database.must("ALTER TABLE u RENAME TO w");
                    default -> assertThat(tables).hasSize(1);
                }
                return tables;
            };
            assertThat(rows(Moment.open(Captures.connections(database), choice, 1)))
                    .isEqualTo(1);
            assertThat(asked).hasValue(3);
        }
    }

    @Test
    void aTableRewrittenAgainAndAgainIsNamed() {
        try (TestDatabase database = TestServers.newest().fresh()) {
            database.must("CREATE TABLE t (a int)");
            TableChoice choice = lead -> {
                List<Table> tables = TableChoice.all(lead);
                database.must("TRUNCATE t");
                return tables;
            };
            assertThatThrownBy(() -> Moment.open(Captures.connections(database), choice, 1))
                    .hasMessageContaining("public.t")
                    .isInstanceOfSatisfying(
                            HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_FAILED));
            assertThat(database.must("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                            + " AND state LIKE 'idle in%'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void whereAnAlterWaitsBehindTheLeadTheLeadReadsAndNobodyHangs() throws SQLException, InterruptedException {
        try (TestDatabase database = TestServers.newest().fresh()) {
            database.must("CREATE TABLE t AS SELECT generate_series(1, 100000) AS a; CREATE TABLE u AS SELECT 1 AS b");
            PgConnections connections = Captures.connections(database);
            Moment moment = Moment.open(connections, TableChoice::all, 3);
            Thread alter;
            try (Connection other = connections.open()) {
                PgConnections.execute(other, "test", "SET lock_timeout = 0");
                alter = new Thread(() -> PgConnections.execute(other, "test", "ALTER TABLE public.t ADD b int"));
                alter.start();
                awaitOne(
                        database,
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND wait_event_type = 'Lock'");
                assertThat(rows(moment)).isEqualTo(100_001);
                alter.join();
            }
            assertThat(database.must("SELECT count(*) FROM t WHERE b IS NULL")).isEqualTo("100000");
        }
    }

    private static void awaitOne(TestDatabase database, String query) {
        while (!database.must(query).equals("1")) {
            Thread.onSpinWait();
        }
    }

    @Test
    void rowsCommittedAfterTheMomentAreNotInIt() {
        try (TestDatabase database = TestServers.newest().fresh()) {
            database.must("CREATE TABLE t AS SELECT generate_series(1, 1000) AS a");
            int found = Captures.with(database, 3, capture -> {
                database.must(
                        "INSERT INTO t SELECT generate_series(1, 50000); DELETE FROM t WHERE a < 10; CREATE TABLE w ()");
                return Captures.rows(capture).values().stream()
                        .mapToInt(List::size)
                        .sum();
            });
            assertThat(found).isEqualTo(1000);
        }
    }

    @EachPostgres
    void settingsOfTheDatabaseAndTheRoleChangeNothing(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must("""
                    CREATE TYPE pair AS (a int, "b c" text);
                    CREATE TABLE kinds AS SELECT i AS id, now() + i * interval '1 day' AS tz, interval '1 mon -3 days' AS iv,
                        0.1::float8 + i AS f8, '\\xdead'::bytea AS b, 12.34::money AS m, (1, 'x y')::pair AS p,
                        '<a/>'::xml AS x, date '2026-02-03' AS d
                      FROM generate_series(1, 60000) i;
                    CREATE TABLE others (r regclass); INSERT INTO others VALUES ('kinds'), ('others');
                    """);
            var before = Captures.rows(database);
            for (String setting : List.of(
                    "enable_tidscan = off",
                    "quote_all_identifiers = on",
                    "DateStyle = 'SQL, DMY'",
                    "IntervalStyle = 'iso_8601'",
                    "TimeZone = 'Asia/Kolkata'",
                    "extra_float_digits = -5",
                    "bytea_output = 'escape'",
                    "lc_monetary = 'C.UTF-8'",
                    "xmloption = 'document'",
                    "search_path = 'nowhere'",
                    "row_security = on",
                    "statement_timeout = '200ms'",
                    "idle_in_transaction_session_timeout = '200ms'",
                    "client_encoding = 'LATIN1'",
                    "default_transaction_read_only = on",
                    "array_nulls = off",
                    "zero_damaged_pages = on",
                    "standard_conforming_strings = off",
                    "max_parallel_workers_per_gather = 8",
                    "default_transaction_isolation = 'serializable'")) {
                server.must(
                        "postgres",
                        "ALTER DATABASE " + database.name() + " SET " + setting + "; ALTER ROLE postgres IN DATABASE "
                                + database.name() + " SET " + setting);
            }
            if (server.major() >= 17) {
                server.must("postgres", "ALTER DATABASE " + database.name() + " SET transaction_timeout = '200ms'");
            }
            assertThat(Captures.rows(database)).isEqualTo(before);
            assertThat(before.get("public.kinds")).hasSize(60_000);
            try (PgSession session = Captures.connections(database).openSession();
                    var statement = session.connection().createStatement();
                    var row = statement.executeQuery("SHOW zero_damaged_pages")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo("off");
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void aTableThatMayNotBeReadIsNamed() {
        TestServer server = TestServers.newest();
        try (TestDatabase database = server.fresh()) {
            database.must("CREATE TABLE open (a int); CREATE TABLE \"Hidden One\" (b int); CREATE ROLE limited LOGIN;"
                    + " GRANT SELECT ON open TO limited");
            String url = database.url().replace("postgres@", "limited@");
            try (Database connected = new PostgresEngine(server.environment()).connect(Captures.run(), url)) {
                assertThatThrownBy(() -> {
                            try (Capture capture = connected.capture(Captures.run(), 1, Earlier.none("a test"))) {
                                Captures.rows(capture);
                            }
                        })
                        .hasMessageContaining("Hidden One")
                        .isInstanceOfSatisfying(HoldfastException.class, e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.DENIED);
                            assertThat(e.hint()).isPresent();
                        });
            } finally {
                database.must("REVOKE ALL ON open FROM limited; DROP ROLE limited");
            }
        }
    }

    @Test
    void rowLevelSecurityFailsTheBackupAndNeverHidesRows() {
        TestServer server = TestServers.newest();
        try (TestDatabase database = server.fresh()) {
            database.must(
                    "CREATE TABLE t AS SELECT generate_series(1, 10) AS a; ALTER TABLE t ENABLE ROW LEVEL SECURITY;"
                            + " CREATE ROLE shy LOGIN; GRANT SELECT ON t TO shy; CREATE POLICY few ON t USING (a < 3)");
            String url = database.url().replace("postgres@", "shy@");
            try (Database connected = new PostgresEngine(server.environment()).connect(Captures.run(), url)) {
                assertThatThrownBy(() -> {
                            try (Capture capture = connected.capture(Captures.run(), 1, Earlier.none("a test"))) {
                                Captures.rows(capture);
                            }
                        })
                        .hasMessageContaining("row-level security");
            } finally {
                database.must("DROP POLICY few ON t; REVOKE ALL ON t FROM shy; DROP ROLE shy");
            }
        }
    }
}
