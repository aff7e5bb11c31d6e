package dev.holdfast.cli.scenario;

import static dev.holdfast.cli.scenario.GuardedShop.psql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Child;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mishaps beside a guarded command: lines that hang, others at work, answers that cannot be had. */
@Timeout(180)
final class GuardMishapsTest {
    private static final long SOON = 30_000;

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
    void aLineBeforeThatHangsIsEndedByASignal() {
        Path hangs = shop.work.resolve("hangs");
        Child child = shop.start("exit 0", "--before", "touch " + hangs + "; sleep 1000");
        child.awaitFile(hangs);
        child.signal("TERM");
        assertThat(child.endsWithin(SOON)).isTrue();
        assertThat(child.await().exit()).isEqualTo(143);
        assertThat(shop.report().string("verdict")).isEqualTo("not_run");
    }

    @Test
    void aQuestionOfHealthThatHangsIsEndedByASignalAndNothingIsTakenBack() {
        Path hangs = shop.work.resolve("hangs");
        Child child = shop.start(
                psql("DELETE FROM orders WHERE id = 1"),
                "--health",
                "touch " + hangs + "; sleep 1000",
                "--on-failure",
                "rollback");
        child.awaitFile(hangs);
        child.signal("TERM");
        assertThat(child.endsWithin(SOON)).isTrue();
        Ran ran = child.await();
        shop.assertEnded(ran, 124, "undetermined", false);
        assertThat(ran.err()).contains("whether all is healthy is not known: interrupted", "to take it back: ");
    }

    @Test
    void aQuestionThatIsBrokenOffIsANoAndAllIsToldToTheEnd() throws IOException {
        Path report = shop.work.resolve("report.json");
        Path verdict = shop.work.resolve("verdict");
        Ran ran = shop.cli()
                .with("HOLDFAST_STDIN_TTY", "1")
                .start(
                        "guard/DECIDE:signal=INT",
                        "guard",
                        "--report",
                        report.toString(),
                        "--after",
                        "echo $HOLDFAST_VERDICT > " + verdict,
                        "--",
                        "sh",
                        "-c",
                        psql("DELETE FROM orders WHERE id = 1") + "; exit 3")
                .await();
        shop.assertEnded(ran, 3, "fail", false);
        assertThat(ran.err()).contains("interrupted, so it is not taken back", "to take it back: holdfast rollback");
        assertThat(Files.readString(verdict)).isEqualTo("fail\n");
        assertThat(shop.cli().run("list").well().err()).doesNotContain("was killed");
    }

    @Test
    void sessionsOfOtherRolesAreCountedAlsoForARoleThatMayNotLookAtThem() throws Exception {
        var server = shop.database.server();
        String name = shop.database.name();
        server.must("postgres", "CREATE ROLE guard_plain LOGIN; CREATE ROLE guard_app LOGIN");
        shop.database.must("GRANT ALL ON ALL TABLES IN SCHEMA public TO guard_plain, guard_app");
        try (Connection app = as("guard_app")) {
            app.createStatement().execute("SELECT 1");
            Path started = shop.work.resolve("started");
            Path go = shop.work.resolve("go");
            Child child = shop.cli()
                    .with("HOLDFAST_DB", url("guard_plain"))
                    .start(
                            "",
                            "guard",
                            "--",
                            "sh",
                            "-c",
                            "touch " + started + "; while [ ! -f " + go + " ]; do sleep 0.05; done");
            child.awaitFile(started);
            app.createStatement().execute("DELETE FROM orders WHERE id = 1");
            Files.createFile(go);
            Ran ran = child.await();
            assertThat(ran.exit()).as(ran.err()).isZero();
            assertThat(ran.err()).as(name).contains("1 row of public.orders is gone", "1 other session was");
        } finally {
            shop.database.must("DROP OWNED BY guard_plain, guard_app");
            server.must("postgres", "DROP ROLE guard_plain, guard_app");
        }
    }

    private Connection as(String role) throws SQLException {
        return DriverManager.getConnection("jdbc:" + url("").replaceAll("://[^/]*@", "://"), role, "");
    }

    private String url(String role) {
        return shop.database.url().replaceAll("://[^/]*@", "://" + role + "@");
    }

    @Test
    void aCodeThatNoSignalHasIsNoSignal() {
        Ran ran = shop.guard("exit 255");
        shop.assertEnded(ran, 255, "fail", false);
        assertThat(ran.err()).contains("FAILED: it ended with 255").doesNotContain("signal");
    }

    @Test
    void aLongCommandIsShownByItsBeginning() {
        Ran ran = shop.guard("exit 0; " + "x".repeat(100_000));
        shop.assertEnded(ran, 0, "pass", false);
        assertThat(ran.err()).contains("xxx ...").hasSizeLessThan(3_000);
    }

    @Test
    void whoCouldNotTakeASchemaBackIsToldBeforeTheCommand() {
        var server = shop.database.server();
        server.must("postgres", "CREATE ROLE guard_plain LOGIN");
        shop.database.must("GRANT ALL ON ALL TABLES IN SCHEMA public TO guard_plain");
        try {
            Ran ran = shop.cli()
                    .with("HOLDFAST_DB", url("guard_plain"))
                    .start("", "guard", "--", "true")
                    .await()
                    .well();
            assertThat(ran.err())
                    .contains("warning: if the command changes the schema, it cannot be taken back as things are")
                    .contains("may not create databases");
            assertThat(shop.guard("true").err()).doesNotContain("as things are");
        } finally {
            shop.database.must("DROP OWNED BY guard_plain");
            server.must("postgres", "DROP ROLE guard_plain");
        }
    }
}
