package dev.holdfast.cli.scenario;

import static dev.holdfast.cli.scenario.GuardedShop.psql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Child;
import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.json.JsonObject;
import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.PsqlSession;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A command behind a backup, as somebody who deploys uses it. */
@Timeout(180)
final class GuardTest {
    @TempDir
    private Path folder;

    private GuardedShop shop;

    @AfterEach
    void close() {
        shop.close();
    }

    @BeforeEach
    void open() {
        shop = new GuardedShop(TestServers.newest(), folder);
    }

    @EachPostgres
    void aCommandThatGoesWellIsToldAndCanBeTakenBackLater(TestServer server) {
        shop.close();
        shop = new GuardedShop(server, folder);
        Ran ran = shop.guard(
                "echo answer; test -n \"$HOLDFAST_BACKUP_ID\"; "
                        + psql("ALTER TABLE orders ADD note text; UPDATE orders SET note = 'n' WHERE id < 3"),
                "--check",
                "SELECT count(*) = 2 FROM orders WHERE note IS NOT NULL");
        shop.assertEnded(ran, 0, "pass", false);
        assertThat(ran.out()).isEqualTo("answer\n");
        assertThat(ran.err())
                .contains("ended well", "changed TABLE public.orders", "columns that only one side has: note")
                .contains("to take it back: holdfast rollback");
        Ran back = shop.cli().run("rollback", "--yes").well();
        assertThat(back.err()).contains("takes back: the guarded command that ended");
        assertThat(shop.isAsBefore()).isTrue();
        shop.dropKept();
    }

    @Test
    void withoutABackupNothingIsRun() throws IOException {
        Path touched = shop.work.resolve("touched");
        Cli unreachable = shop.cli().with("HOLDFAST_DB", shop.database.url().replaceAll("/[^/]*$", "/nosuch"));
        Ran ran = unreachable
                .start("", "guard", "--", "touch", touched.toString())
                .await();
        Failures.assertClear(ran, 125);
        Files.writeString(shop.work.resolve("file"), "not a folder");
        Ran elsewhere = shop.cli()
                .with("HOLDFAST_REPOSITORY", shop.work.resolve("file").toString())
                .start("", "guard", "--", "touch", touched.toString())
                .await();
        Failures.assertClear(elsewhere, 125);
        Ran interrupted = shop.cli()
                .start("backup/ROWS:signal=INT", "guard", "--", "touch", touched.toString())
                .await();
        assertThat(interrupted.exit()).as(interrupted.err()).isEqualTo(130);
        assertThat(touched).doesNotExist();
        assertThat(shop.cli().run("list").well().out()).doesNotContain("guard");
    }

    @Test
    void whatCannotBeRunIsRefusedBeforeTheBackup() throws IOException {
        Path plain = Files.writeString(shop.work.resolve("plain"), "no program");
        Map<List<String>, Integer> refused = Map.of(
                List.of("guard", "--", "nosuchprogram"), 127,
                List.of("guard", "--", "./nosuchprogram"), 127,
                List.of("guard", "--", plain.toString()), 126,
                List.of("guard", "--", "/tmp"), 126,
                List.of("guard"), 125,
                List.of("guard", "--nosuch", "--", "true"), 125,
                List.of("guard", "--on-failure", "maybe", "--", "true"), 125,
                List.of("guard", "--wait", "soon", "--", "true"), 125,
                List.of("guard", "--report", "/nosuch/file", "--", "true"), 125);
        refused.forEach((words, exit) -> Failures.assertClear(shop.cli().run(words.toArray(String[]::new)), exit));
        Ran json = shop.cli().run("guard", "--json", "--", "true");
        assertThat(json.exit()).isEqualTo(125);
        assertThat(json.err()).contains("--report FILE");
        assertThat(shop.cli().run("list").exit()).isEqualTo(2); // there is not even a repository
    }

    @Test
    void whoIsAskedSeesTheReportFirstAndDecides() {
        String damage = psql("DELETE FROM orders WHERE id < 11") + "; exit 1";
        for (String no : List.of("no\n", "", "YES\n")) {
            Ran kept =
                    shop.cli().startTyped(no, "guard", "--", "sh", "-c", damage).await();
            assertThat(kept.exit()).as(kept.err()).isEqualTo(1);
            assertThat(kept.err()).contains("Type yes to take it back", "to take it back: holdfast rollback");
            assertThat(kept.err().indexOf("10 rows of public.orders are gone"))
                    .isBetween(0, kept.err().indexOf("Take it back?"));
            shop.cli().run("rollback", "--yes").well();
        }
        Ran taken = shop.cli()
                .startTyped("yes\n", "guard", "--", "sh", "-c", damage)
                .await();
        assertThat(taken.exit()).isEqualTo(1);
        assertThat(taken.err()).contains("TAKEN BACK");
        assertThat(shop.isAsBefore()).isTrue();
    }

    @Test
    void aProtectedDatabaseIsTakenBackOnlyByItsName() {
        String name = shop.database.name();
        shop.cli().run("protect").well();
        shop.note();
        String damage = psql("DELETE FROM orders WHERE id < 11") + "; exit 1";
        shop.assertEnded(shop.guard(damage, "--on-failure", "rollback"), 1, "fail", false);
        assertThat(shop.isAsBefore()).isFalse();
        shop.assertEnded(shop.guard(damage, "--on-failure", "rollback", "--confirm", "other"), 1, "fail", false);
        shop.cli().run("rollback", "--confirm", name).well();
        Ran yes = shop.cli()
                .startTyped("yes\n", "guard", "--", "sh", "-c", damage)
                .await();
        assertThat(yes.err()).contains("Type the database's name");
        assertThat(shop.isAsBefore()).isFalse();
        shop.cli().run("rollback", "--confirm", name).well();
        Ran named = shop.cli()
                .startTyped(name + "\n", "guard", "--", "sh", "-c", damage)
                .await();
        assertThat(named.err()).contains("TAKEN BACK");
        assertThat(shop.isAsBefore()).isTrue();
    }

    @Test
    void theApplicationIsStoppedAndStartedAgainWhateverHappens() throws IOException {
        Path log = shop.work.resolve("log");
        String[] around = {
            "--before",
            "echo stop >> " + log,
            "--after",
            "echo start $HOLDFAST_VERDICT >> " + log,
            "--on-failure",
            "rollback"
        };
        shop.assertEnded(shop.guard("exit 0", around), 0, "pass", false);
        shop.assertEnded(shop.guard(psql("DELETE FROM orders") + "; exit 1", around), 1, "fail", true);
        String[] sick = {around[0], around[1], around[2], around[3], around[4], around[5], "--health", "exit 1"};
        shop.assertEnded(shop.guard(psql("DELETE FROM orders"), sick), 122, "fail", true);
        assertThat(shop.isAsBefore()).isTrue();
        Ran cannotStop =
                shop.guard("exit 0", "--before", "exit 4", "--after", "echo start $HOLDFAST_VERDICT >> " + log);
        assertThat(cannotStop.exit()).isEqualTo(125);
        assertThat(cannotStop.err()).contains("--before failed: 'exit 4' ended with 4");
        assertThat(Files.readAllLines(log))
                .containsExactly(
                        "stop",
                        "start pass",
                        "stop",
                        "start taken_back",
                        "stop",
                        "start pass",
                        "stop",
                        "start taken_back",
                        "start not_run");
    }

    @Test
    void aBackupOfTheNewStateIsTakenWhenAllWentWell() {
        Ran ran = shop.guard(psql("DELETE FROM orders"), "--after-backup");
        shop.assertEnded(ran, 0, "pass", false);
        String after = shop.report().string("backup_after");
        assertThat(shop.cli().run("compare", after).well().out()).contains("0 tables differ");
        shop.guard("exit 1", "--after-backup");
        assertThat(shop.report().optionalString("backup_after")).isEmpty();
    }

    @Test
    void ofTwoGuardsTheSecondIsRefusedWithTheNameOfTheFirstAndSoIsARestore() throws IOException {
        Path go = shop.work.resolve("go");
        Path started = shop.work.resolve("started");
        shop.cli().run("backup").well();
        Child first = shop.start("touch " + started + "; while [ ! -f " + go + " ]; do sleep 0.05; done; exit 3");
        first.awaitFile(started);
        Cli other = Cli.of(shop.database, folder.resolve("other"));
        Ran second = other.start("", "guard", "--", "true").await();
        Failures.assertClear(second, 125);
        assertThat(second.err()).contains("another run guards this database", "holdfast guard of ");
        Ran restore = shop.cli().run("restore", "latest", "--yes");
        assertThat(restore.exit()).as(restore.err()).isEqualTo(5);
        assertThat(restore.err()).contains("another run is at work on this database: process", "holdfast guard of ");
        Ran swap = shop.cli().run("restore", "latest", "--swap", "--yes");
        assertThat(swap.exit()).as(swap.err()).isEqualTo(5);
        Ran rollback = shop.cli().run("rollback", "--yes");
        assertThat(rollback.exit()).as(rollback.err()).isEqualTo(5);
        Files.createFile(go);
        shop.assertEnded(first.await(), 3, "fail", false);
        other.start("", "guard", "--", "true").await().well();
    }

    @Test
    void whatOthersDidMeanwhileIsNotSaidToBeTheCommandsDoing() throws Exception {
        try (var session = new PsqlSession(shop.database)) {
            session.must("SELECT 1");
            Path go = shop.work.resolve("go");
            Path started = shop.work.resolve("started");
            Child guard = shop.start("touch " + started + "; while [ ! -f " + go + " ]; do sleep 0.05; done");
            guard.awaitFile(started);
            session.must("DELETE FROM orders WHERE id = 1");
            Files.createFile(go);
            Ran ran = guard.await();
            shop.assertEnded(ran, 0, "pass", false);
            assertThat(ran.err())
                    .contains("1 row of public.orders is gone", "1 other session was at work in it meanwhile");
            assertThat(shop.report().object("changes").count("other_sessions")).isEqualTo(1);
        }
        Ran alone = shop.guard(psql("DELETE FROM orders WHERE id = 2"));
        assertThat(alone.err()).doesNotContain("at work in it meanwhile");
    }

    @Test
    void aPasswordOfTheCommandIsNowhere() {
        String secret = ": postgresql://me:s3cret@host/x password=s3cret";
        Ran ran = shop.guard(
                "exit 0; " + secret,
                "--health",
                secret,
                "--after",
                secret + "; exit 1",
                "--check",
                "SELECT 'http://me:s3cret@host/' = ''");
        assertThat(ran.err()).doesNotContain("s3cret");
        JsonObject told = shop.report();
        assertThat(told.toString()).doesNotContain("s3cret");
        assertThat(shop.cli().run("journal", told.string("run")).well().out()).doesNotContain("s3cret");
        assertThat(shop.cli().run("show", told.string("backup")).well().out()).doesNotContain("s3cret");
    }

    @Test
    void whenItCannotBeTakenBackThatIsSaid() {
        shop.database.must("CREATE TABLE gone (a int); INSERT INTO gone VALUES (1)");
        Ran ran = shop.guard(
                psql("DELETE FROM orders WHERE id = 1") + "; rm -rf '" + folder.resolve("backups/packs") + "'; exit 1",
                "--on-failure",
                "rollback");
        assertThat(ran.exit()).as(ran.err()).isEqualTo(123);
        assertThat(ran.err()).contains("NOT TAKEN BACK", "to take it back: holdfast rollback");
        assertThat(shop.database.must("SELECT count(*) FROM orders")).isEqualTo("999");
    }
}
