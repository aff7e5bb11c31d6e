package dev.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.error.Aftermath;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.postgres.testing.CutProxy;
import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.PsqlSession;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two databases exchange their names: at any moment, whoever is cut off, there is one of the name, and what is said of it is true. */
@Timeout(180)
final class ExchangeTest {
    private static final String RENAMING =
            " FROM pg_stat_activity WHERE query LIKE 'ALTER DATABASE%RENAME%'" + " AND wait_event_type = 'Lock'";

    private static final String UNTIE =
            "ALTER SUBSCRIPTION news DISABLE; ALTER SUBSCRIPTION news SET (slot_name = NONE);"
                    + " DROP SUBSCRIPTION news";

    private final TestServer server = TestServers.newest();
    private final TestDatabase app = server.database("swap_app");
    private final TestDatabase work = server.database("swap_work");
    private final TestDatabase kept = server.database("swap_kept");
    private final Run run = Captures.run();

    @BeforeEach
    void make() {
        make(server);
    }

    private static void make(TestServer server) {
        server.create("swap_app").must("CREATE TABLE t AS SELECT 'old' AS a");
        server.create("swap_work").must("CREATE TABLE t AS SELECT 'new' AS a");
    }

    @AfterEach
    void drop() {
        app.close();
        work.close();
        kept.close();
    }

    private static String oid(TestDatabase database) {
        return database.server().must("postgres", "SELECT oid FROM pg_database WHERE datname = '" + database + "'");
    }

    private Exchange exchange(TestServer of, String url) {
        var beside = new PgConnections(PgAddress.of(url, Map.of()));
        var live = new Replaced("swap_app", oid(of.database("swap_app")));
        return new Exchange(
                beside, live, "swap_kept", new Exchange.Work("swap_work", oid(of.database("swap_work"))), run);
    }

    private Exchange exchange() {
        return exchange(server, server.url("postgres"));
    }

    private static void assertDone(TestServer of) {
        assertThat(of.database("swap_app").must("SELECT a FROM t")).isEqualTo("new");
        assertThat(of.database("swap_kept").must("SELECT a FROM t")).isEqualTo("old");
        assertThat(of.database("swap_work").exists()).isFalse();
    }

    private void assertNotDone() {
        assertThat(app.must("SELECT a FROM t")).isEqualTo("old");
        assertThat(work.must("SELECT a FROM t")).isEqualTo("new");
        assertThat(kept.exists()).isFalse();
    }

    private void await(String condition) {
        while (!server.must("postgres", "SELECT " + condition).equals("t")) {
            Thread.onSpinWait();
        }
    }

    @EachPostgres
    void sessionsInBothAreEndedAndTheNextFindTheOther(TestServer each) {
        if (each.major() != server.major()) {
            make(each);
        }
        try (TestDatabase first = each.database("swap_app");
                TestDatabase second = each.database("swap_kept");
                var inside = new PsqlSession(each.database("swap_app"));
                var writing = new PsqlSession(each.database("swap_app"));
                var monitor = new PsqlSession(each.database("swap_work"))) {
            inside.must("SELECT 1");
            monitor.must("SELECT 1");
            writing.must("BEGIN; CREATE TABLE unfinished (); COMMENT ON DATABASE swap_app IS 'x'");
            exchange(each, each.url("postgres")).execute();
            assertDone(each);
            assertThat(second.must("SELECT to_regclass('unfinished') IS NULL")).isEqualTo("t");
            assertThatThrownBy(() -> inside.run("SELECT 1")).isInstanceOf(Throwable.class);
            assertThat(first.exists()).isTrue();
        }
    }

    /** Who holds the lock from outside is not ended; who works in the database meanwhile is not, either. */
    @Test
    void nobodyIsDisturbedUntilTheDatabaseIsLocked() {
        try (var outside = new PsqlSession(server.database("postgres"));
                var worker = new PsqlSession(app)) {
            worker.must("INSERT INTO t VALUES ('written')");
            outside.must("BEGIN; COMMENT ON DATABASE swap_app IS 'x'");
            var exchanged = CompletableFuture.runAsync(exchange()::execute);
            await("count(*) = 1" + RENAMING);
            worker.must("INSERT INTO t VALUES ('still written')");
            outside.must("ROLLBACK");
            exchanged.join();
            assertThat(app.must("SELECT a FROM t")).isEqualTo("new");
            assertThat(kept.must("SELECT count(*) FROM t")).isEqualTo("3");
        }
    }

    @Test
    void aDatabaseThatStaysLockedIsGivenUpAndNobodyWasDisturbed() {
        try (var outside = new PsqlSession(server.database("postgres"));
                var worker = new PsqlSession(app)) {
            worker.must("SELECT 1");
            outside.must("BEGIN; COMMENT ON DATABASE swap_app IS 'x'");
            assertThatThrownBy(exchange()::execute)
                    .hasMessageContaining("lock timeout")
                    .isInstanceOfSatisfying(
                            HoldfastException.class,
                            e -> assertThat(e.aftermath()).isEqualTo(Aftermath.UNTOUCHED));
            worker.must("SELECT 1");
            outside.must("ROLLBACK");
            assertNotDone();
        }
    }

    /** The first rename waits for the one lock, the second for the other. */
    @ParameterizedTest
    @ValueSource(strings = {"swap_app", "swap_work"})
    void whenItsSessionIsEndedTheOldStateIsThere(String locked) {
        try (var outside = new PsqlSession(server.database("postgres"))) {
            outside.must("BEGIN; COMMENT ON DATABASE " + locked + " IS 'x'");
            var exchanged = CompletableFuture.runAsync(exchange()::execute);
            await("count(*) = 1" + RENAMING + " AND query LIKE '%\"" + locked + "\" RENAME%'");
            server.must("postgres", "SELECT pg_terminate_backend(pid)" + RENAMING);
            assertThatThrownBy(exchanged::join)
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            HoldfastException.class,
                            e -> assertThat(e.aftermath()).isEqualTo(Aftermath.UNTOUCHED));
            outside.must("ROLLBACK");
            assertNotDone();
        }
    }

    @ParameterizedTest
    @EnumSource(CutProxy.Cut.class)
    void aCommitWhoseAnswerIsLostIsLookedUp(CutProxy.Cut cut) throws IOException {
        try (var proxy = new CutProxy(server.server().port(), cut)) {
            Exchange exchange = exchange(server, proxy.url("postgres"));
            switch (cut) {
                case BEFORE -> {
                    assertThatThrownBy(exchange::execute)
                            .isInstanceOfSatisfying(
                                    HoldfastException.class,
                                    e -> assertThat(e.aftermath()).isEqualTo(Aftermath.UNTOUCHED));
                    assertNotDone();
                }
                case AFTER -> {
                    exchange.execute();
                    assertDone(server);
                    assertThat(run.findings()).extracting(Finding::code).containsExactly("answer_lost");
                }
                case AFTER_FOR_EVER ->
                    assertThatThrownBy(exchange::execute).isInstanceOfSatisfying(HoldfastException.class, e -> {
                        assertThat(e.aftermath()).isEqualTo(Aftermath.NOT_PUT_BACK);
                        assertThat(e.hint().orElse("")).contains("psql -l", "swap_kept", "DROP DATABASE \"swap_work\"");
                    });
            }
            assertThat(proxy.happened()).isTrue();
        }
    }

    /** POSTGRES.md E2: the restore took hours since it was looked for them. */
    @Test
    void whatWasTiedToItMeanwhileIsNamedAndNobodyIsDisturbed() {
        try (var worker = new PsqlSession(app)) {
            worker.must("CREATE SUBSCRIPTION news CONNECTION 'host=h' PUBLICATION p WITH (connect = false)");
            assertThatThrownBy(exchange()::execute).hasMessageContaining("subscription news");
            worker.must("SELECT 1");
            assertNotDone();
            worker.must(UNTIE);
        }
    }

    /** Until the database is locked, that is. */
    @Test
    void whatIsTiedToItWhileTheLockIsWaitedForDoesNotStayBehind() {
        try (var outside = new PsqlSession(server.database("postgres"));
                var worker = new PsqlSession(app)) {
            outside.must("BEGIN; COMMENT ON DATABASE swap_app IS 'x'");
            var exchanged = CompletableFuture.runAsync(exchange()::execute);
            await("count(*) = 1" + RENAMING);
            worker.must("CREATE SUBSCRIPTION news CONNECTION 'host=h' PUBLICATION p WITH (connect = false)");
            outside.must("ROLLBACK");
            assertThatThrownBy(exchanged::join).hasMessageContaining("subscription news");
            assertNotDone();
            app.must(UNTIE);
        }
    }

    @Test
    void aDatabaseThatIsAnotherOneByNowIsNotReplaced() {
        Exchange exchange = exchange();
        app.close();
        server.create("swap_app").must("CREATE TABLE t AS SELECT 'old' AS a");
        assertThatThrownBy(exchange::execute).hasMessageContaining("is not the one any more");
        assertNotDone();
    }

    @Test
    void whoCannotBeEndedIsNamed() {
        server.must(
                "postgres",
                "CREATE ROLE swapper LOGIN CREATEDB; ALTER DATABASE swap_app OWNER TO swapper;"
                        + " ALTER DATABASE swap_work OWNER TO swapper");
        try (var superuser = new PsqlSession(app)) {
            superuser.must("SET application_name = 'a superuser''s'");
            String url = server.url("postgres").replace("postgres@", "swapper@");
            assertThatThrownBy(exchange(server, url)::execute)
                    .hasMessageContaining("accessed by other users")
                    .isInstanceOfSatisfying(
                            HoldfastException.class,
                            e -> assertThat(e.hint().orElse("")).contains("1 of postgres (a superuser's)"));
            superuser.must("SELECT 1");
            assertNotDone();
        } finally {
            drop();
            server.must("postgres", "DROP ROLE swapper");
        }
    }
}
