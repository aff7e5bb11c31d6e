package dev.holdfast.cli.scenario;

import static dev.holdfast.cli.scenario.GuardedShop.psql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Child;
import dev.holdfast.cli.Ran;
import dev.holdfast.json.JsonObject;
import dev.holdfast.postgres.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Guarded commands go wrong in every way: each time the code, the report and the journal say so, and the way back works. */
@Timeout(180)
final class GuardGoesWrongTest {
    private static final String[] ROLLBACK = {"--on-failure", "rollback"};

    @TempDir
    private Path folder;

    private GuardedShop shop;

    @BeforeEach
    void open() {
        shop = new GuardedShop(TestServers.newest(), folder);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void itFailsAtOnce() {
        Ran ran = shop.guard("exit 3", ROLLBACK);
        shop.assertEnded(ran, 3, "fail", false);
        assertThat(ran.err())
                .contains("FAILED: it ended with 3", "nothing has changed in database")
                .doesNotContain("rollback");
        assertThat(shop.isAsBefore()).isTrue();
    }

    @Test
    void itFailsHalfwayWithHalfCommittedAndIsTakenBack() {
        Ran ran = shop.guard(psql("DELETE FROM customers WHERE id < 51") + "; exit 9", ROLLBACK);
        shop.assertEnded(ran, 9, "fail", true);
        assertThat(ran.err())
                .contains("550 rows are gone, 500 of them of public.orders", "public.customers: 50 rows gone")
                .contains("public.orders: 500 rows gone; along with rows of public.customers (ON DELETE CASCADE)")
                .contains("TAKEN BACK", "in place: 2 of 2 tables");
        assertThat(shop.isAsBefore()).isTrue();
        JsonObject links =
                shop.report().object("changes").objects("links", link -> link).get(0);
        assertThat(links.string("from")).isEqualTo("public.orders");
    }

    @Test
    void itFailsAndIsKeptWithTheCommandThatTakesItBack() {
        Ran ran = shop.guard(psql("UPDATE orders SET total = 0 WHERE id < 4") + "; exit 1");
        shop.assertEnded(ran, 1, "fail", false);
        assertThat(shop.isAsBefore()).isFalse();
        String rollback = shop.report().string("rollback");
        assertThat(ran.err()).contains("to take it back: " + rollback, "~ id=2: total: 2 -> 0");
        shop.cli().run("rollback", "--yes").well();
        assertThat(shop.isAsBefore()).isTrue();
    }

    @Test
    void itHangsAndIsInterruptedWithAllThatItStarted() {
        Path started = shop.work.resolve("started");
        Child child = shop.start(
                psql("DELETE FROM orders") + "; touch " + started + "; sleep 1000; echo not reached", ROLLBACK);
        child.awaitFile(started);
        child.signal("INT");
        Ran ran = child.await();
        shop.assertEnded(ran, 130, "fail", true);
        assertThat(ran.err()).contains("it was ended by signal 2", "1,000 rows of public.orders are gone");
        assertThat(ran.out()).isEmpty();
        assertThat(shop.isAsBefore()).isTrue();
    }

    @Test
    void itIsToldToEnd() {
        Path started = shop.work.resolve("started");
        Child child = shop.start(psql("DELETE FROM orders") + "; touch " + started + "; sleep 1000", ROLLBACK);
        child.awaitFile(started);
        child.signal("TERM");
        shop.assertEnded(child.await(), 143, "fail", true);
        assertThat(shop.isAsBefore()).isTrue();
    }

    @Test
    void itIsKilled() {
        Ran ran = shop.guard(psql("DELETE FROM orders") + "; kill -9 $$", ROLLBACK);
        shop.assertEnded(ran, 137, "fail", true);
        assertThat(ran.err()).contains("it was ended by signal 9");
        assertThat(shop.isAsBefore()).isTrue();
    }

    @Test
    void itKillsTheGuard() {
        Ran ran = shop.guard(psql("DELETE FROM orders WHERE id < 11") + "; kill -9 $PPID");
        assertThat(ran.exit()).isEqualTo(137);
        Ran listed = shop.cli().run("list").well();
        assertThat(listed.err()).contains("was killed", "its command 'sh -c", "takes it back");
        String rollback = listed.err().replaceAll("(?s).*holdfast rollback (\\S+) takes it back.*", "$1");
        Ran unnamed = shop.cli().run("rollback", "--yes");
        Failures.assertClear(
                new Ran(unnamed.exit(), unnamed.out(), unnamed.err().replaceAll("warning: .*", "")), 2);
        assertThat(unnamed.err()).contains("is not known (killed)", rollback);
        shop.cli().run("rollback", rollback, "--yes").well();
        assertThat(shop.isAsBefore()).isTrue();
        assertThat(shop.cli().run("list").well().err()).doesNotContain("was killed");
    }

    @Test
    void itForksAndEndsWellWithTheChildStillWriting() {
        Ran ran = shop.guard("(sleep 1; " + psql("DELETE FROM orders WHERE id < 101") + ") & exit 0");
        shop.assertEnded(ran, 0, "pass", false);
        assertThat(ran.err()).contains("100 rows of public.orders are gone");
    }

    @Test
    void itForksAProcessOfItsOwnGroupWhoseParentIsGone() {
        Ran ran = shop.guard(
                "setsid sh -c '(sleep 2; psql -XqAt \"$HOLDFAST_DB\" -c \"DELETE FROM orders\") &' & exit 4", ROLLBACK);
        shop.assertEnded(ran, 4, "fail", true);
        assertThat(ran.err()).contains("1,000 rows of public.orders are gone");
        assertThat(shop.isAsBefore()).isTrue();
    }

    @Test
    void itLeavesAProcessThatDoesNotEnd() {
        Ran ran = shop.guard("sleep 300 & exit 0", "--wait", "300ms");
        shop.assertEnded(ran, 122, "fail", false);
        assertThat(ran.err()).contains("CHECK FAILED", "still running: process", "(sleep)");
    }

    @Test
    void itEndsWellButACheckIsFalse() {
        Ran ran = shop.guard(
                psql("DELETE FROM orders WHERE id > 10"),
                "--check",
                "SELECT count(*) > 100 FROM orders",
                "--check",
                "SELECT true",
                "--on-failure",
                "rollback");
        shop.assertEnded(ran, 122, "fail", true);
        assertThat(ran.err()).contains("1 CHECK FAILED: SELECT count(*) > 100 FROM orders: the answer is f");
        assertThat(shop.isAsBefore()).isTrue();
    }

    @Test
    void itEndsWellButIsNotHealthyOrACheckIsNoQuestion() {
        Ran sick = shop.guard(psql("DELETE FROM orders"), "--health", "exit 6", "--on-failure", "rollback");
        shop.assertEnded(sick, 122, "fail", true);
        assertThat(sick.err()).contains("exit 6: it ended with 6");
        assertThat(shop.isAsBefore()).isTrue();
        Ran nonsense = shop.guard("true", "--check", "DELETE FROM orders RETURNING true", "--check", "SELECT 1, 2");
        shop.assertEnded(nonsense, 122, "fail", false);
        assertThat(nonsense.err()).contains("2 CHECKS FAILED", "read-only", "not one true value");
        assertThat(shop.isAsBefore()).isTrue();
    }

    @Test
    void itTouchesAnotherDatabase() {
        Ran ran = shop.guard("psql -XqAt \"$HOLDFAST_DB\" -c 'SELECT 1' >&2");
        shop.assertEnded(ran, 0, "pass", false);
        assertThat(ran.err()).contains("NOTHING HAS CHANGED", "did it go to another one?");
        Ran required = shop.guard("true", "--require-change");
        shop.assertEnded(required, 122, "fail", false);
        assertThat(required.err())
                .contains("the command changes something: no row and no object has changed since the backup");
    }

    @Test
    void itDropsTheDatabase() {
        String name = shop.database.name();
        Ran ran =
                shop.guard("psql -Xq \"${HOLDFAST_DB%/*}/postgres\" -c 'DROP DATABASE " + name + "'; exit 1", ROLLBACK);
        shop.assertEnded(ran, 1, "fail", true);
        assertThat(ran.err())
                .contains("what has changed is not known", "as a new database, since it was dropped or renamed");
        assertThat(shop.isAsBefore()).isTrue();
        shop.cli().run("backup").well();
    }

    @Test
    void itDropsTheDatabaseAndMakesItAgain() {
        String name = shop.database.name();
        Ran ran = shop.guard(
                "psql -Xq \"${HOLDFAST_DB%/*}/postgres\" -c 'DROP DATABASE " + name + "' -c 'CREATE DATABASE " + name
                        + "'; exit 1",
                ROLLBACK);
        shop.assertEnded(ran, 1, "fail", true);
        assertThat(ran.err()).contains("by an exchange of the whole database");
        assertThat(shop.isAsBefore()).isTrue();
        shop.dropKept();
        shop.cli().run("backup").well();
    }

    @Test
    void itChangesTheSchemaConcurrentlyAsAnotherRole() {
        shop.database.server().must("postgres", "CREATE ROLE guard_other");
        try {
            Ran ran = shop.guard(
                    psql("CREATE INDEX CONCURRENTLY ON orders (total)") + ";"
                            + psql(
                                    "GRANT ALL ON SCHEMA public TO guard_other; SET ROLE guard_other; CREATE TABLE theirs (a int);"
                                            + " INSERT INTO theirs VALUES (1)")
                            + "; exit 2",
                    ROLLBACK);
            shop.assertEnded(ran, 2, "fail", true);
            assertThat(ran.err())
                    .contains("objects of the schema differ", "added TABLE public.theirs", "1 row new (a new table)")
                    .contains("by an exchange of the whole database, since its schema has changed");
            assertThat(shop.isAsBefore()).isTrue();
        } finally {
            shop.dropKept();
            shop.database.must("DROP OWNED BY guard_other");
            shop.database.server().must("postgres", "DROP ROLE guard_other");
        }
    }

    @Test
    void itChangesTheSearchPathOfTheDatabase() {
        String name = shop.database.name();
        Ran ran = shop.guard(
                psql("ALTER DATABASE " + name + " SET search_path = nowhere; DELETE FROM orders") + "; exit 5",
                ROLLBACK);
        shop.assertEnded(ran, 5, "fail", true);
        assertThat(shop.isAsBefore()).isTrue();
    }

    @Test
    void itLosesItsConnection() {
        Ran ran = shop.guard(
                psql("DELETE FROM orders WHERE id = 1") + ";" + psql("SELECT pg_terminate_backend(pg_backend_pid())"),
                ROLLBACK);
        shop.assertEnded(ran, 2, "fail", true);
        assertThat(ran.err()).contains("1 row of public.orders is gone");
        assertThat(shop.isAsBefore()).isTrue();
    }

    @Test
    void itCutsTheGuardsOwnConnection() {
        String cut = psql(
                        "SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity WHERE application_name ~ 'holdfast guard'")
                + " >&2; ";
        Ran ran = shop.guard(cut + psql("DELETE FROM orders WHERE id = 1"));
        shop.assertEnded(ran, 124, "undetermined", false);
        assertThat(ran.err()).contains("was cut while the command ran", "1 row of public.orders is gone");
        Ran back = shop.guard(cut + psql("DELETE FROM orders WHERE id = 2") + "; exit 1", ROLLBACK);
        shop.assertEnded(back, 1, "fail", true);
    }

    @Test
    void itWritesMuchToStandardOutput() {
        Ran ran = shop.guard("head -c 50000000 /dev/zero | tr '\\0' x; " + psql("DELETE FROM orders WHERE id = 1"));
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).hasSize(50_000_000).doesNotContain("gone");
        assertThat(ran.err()).contains("1 row of public.orders is gone");
    }

    @Test
    void itReadsWhatIsNotThere() {
        Ran ran = shop.guard("read answer || exit 21");
        shop.assertEnded(ran, 21, "fail", false);
    }

    @Test
    void itUsesOurOwnCodes() {
        for (int code : new int[] {122, 123, 124, 125, 126, 127}) {
            shop.assertEnded(shop.guard("exit " + code), code, "fail", false);
        }
    }

    @Test
    void itIsKilledWhileItsStatementRuns() {
        Ran ran = shop.guard(
                "psql -XqAt \"$HOLDFAST_DB\" -c \"SELECT pg_sleep(6); UPDATE orders SET total = -1\" & sleep 1; kill -9 $!; exit 8",
                ROLLBACK);
        assertThat(ran.err()).doesNotContain("ended what went on"); // the server has noticed by itself
        shop.database.must("SELECT pg_sleep(7)");
        assertThat(shop.isAsBefore()).isTrue();
    }

    @Test
    void itLeavesASessionThatGoesOn() {
        Ran ran = shop.guard(
                "PGOPTIONS= setsid psql -XqAt \"$HOLDFAST_DB\" -c \"BEGIN; DELETE FROM orders WHERE id = 1; SELECT pg_sleep(1000)\" &"
                        + " sleep 1; kill -9 $!; exit 8",
                ROLLBACK);
        shop.assertEnded(ran, 8, "fail", true);
        assertThat(ran.err()).contains("ended what went on after the command: process");
        assertThat(shop.isAsBefore()).isTrue();
    }

    @Test
    void itDoesNothingAndWhatOthersDidWhileTheBackupWasTakenStays() throws IOException {
        Path go = shop.work.resolve("go");
        Child guard = shop.startAt("guard/NOTE:wait=" + go, "exit 4", ROLLBACK);
        guard.awaitFile(Path.of(go + ".reached"));
        shop.database.must("DELETE FROM orders WHERE id = 7");
        Files.createFile(go);
        shop.assertEnded(guard.await(), 4, "fail", false);
        assertThat(shop.database.must("SELECT count(*) FROM orders")).isEqualTo("999");
    }

    @Test
    void itLeavesAWriterThatIsNotWaitedFor() {
        Ran ran = shop.guard(
                "(while :; do psql -XqAt \"$HOLDFAST_DB\" -c \"DELETE FROM orders WHERE id = (SELECT min(id) FROM orders)\"; done) &"
                        + " sleep 1; exit 0",
                "--wait",
                "100ms",
                "--on-failure",
                "rollback");
        shop.assertEnded(ran, 122, "fail", true);
        shop.database.must("SELECT pg_sleep(1)");
        assertThat(shop.isAsBefore()).isTrue();
    }

    @Test
    void whatComesAfterFailsAndIsNotCalledWell() {
        Ran ran = shop.guard(psql("DELETE FROM orders WHERE id = 1"), "--after", "exit 9");
        shop.assertEnded(ran, 124, "undetermined", false);
        assertThat(shop.report().strings("trouble")).containsExactly("'exit 9' ended with 9");
    }

    @Test
    void onlyWhatHasGoneWrongIsTakenBack() {
        Ran ran = shop.guard(
                psql(
                                "SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity WHERE application_name ~ 'holdfast guard'")
                        + " >&2; " + psql("DELETE FROM orders WHERE id = 1"),
                ROLLBACK);
        shop.assertEnded(ran, 124, "undetermined", false);
        assertThat(shop.database.must("SELECT count(*) FROM orders")).isEqualTo("999");
    }

    @Test
    void itMovesOnlyASequenceAndThatCanBeTakenBack() {
        shop.database.must("CREATE SEQUENCE numbers; SELECT setval('numbers', 1000)");
        Ran ran = shop.guard(psql("SELECT setval('numbers', 5)") + "; exit 1", ROLLBACK);
        shop.assertEnded(ran, 1, "fail", true);
        assertThat(ran.err()).contains("NO ROW AND NO OBJECT HAS CHANGED", "not looked at: sequences");
        assertThat(shop.database.must("SELECT last_value FROM numbers")).isEqualTo("1000");
    }
}
