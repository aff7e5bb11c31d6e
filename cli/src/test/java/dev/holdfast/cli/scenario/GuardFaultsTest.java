package dev.holdfast.cli.scenario;

import static dev.holdfast.cli.scenario.GuardedShop.psql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Child;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.testing.Programs;
import dev.holdfast.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What stands around a guarded command fails: the disk, the server, another session. */
@Timeout(180)
final class GuardFaultsTest {
    @TempDir
    private Path folder;

    @Test
    void theCommandFillsTheDiskOfTheRepository() throws IOException {
        Path backups = Files.createDirectories(folder.resolve("backups"));
        Optional<SmallDisk> mounted =
                SmallDisk.mount(backups, "2m", "a guarded command that fills the repository's disk");
        if (mounted.isEmpty()) {
            return;
        }
        try (SmallDisk disk = mounted.get();
                var shop = new GuardedShop(TestServers.newest(), folder)) {
            Ran ran = shop.guard(
                    psql("DELETE FROM orders WHERE id = 1; INSERT INTO customers SELECT i, gen_random_uuid()::text"
                                    + " FROM generate_series(1000, 50000) i")
                            + "; cat /dev/zero > '" + backups.resolve("tmp/fill") + "'; exit 1",
                    "--on-failure",
                    "rollback");
            assertThat(ran.exit()).as(ran.err()).isEqualTo(123);
            assertThat(ran.err())
                    .contains(
                            "1 row of public.orders is gone",
                            "NOT TAKEN BACK: no safety backup, so nothing was changed",
                            "--safety-to");
            assertThat(shop.report().string("verdict")).isEqualTo("fail");
            assertThat(shop.database.must("SELECT count(*) FROM orders")).isEqualTo("999");
            Files.delete(backups.resolve("tmp/fill"));
            Programs.run(
                    List.of("mount", "-o", "remount,size=50m", disk.folder().toString()));
            String rollback = shop.report().string("rollback").replace("holdfast rollback ", "");
            shop.cli().run("rollback", rollback, "--yes").well();
            assertThat(shop.isAsBefore()).isTrue();
        }
    }

    @Test
    void theCommandLeavesAPreparedTransaction() {
        try (TestServer server = TestServers.another(17, Map.of("max_prepared_transactions", "5"));
                var shop = new GuardedShop(server, folder)) {
            String leave = psql("BEGIN; DELETE FROM orders WHERE id < 4; PREPARE TRANSACTION 'left over'") + "; exit 6";
            Ran ran = shop.guard(leave, "--on-failure", "rollback");
            shop.assertEnded(ran, 6, "fail", true);
            assertThat(ran.err())
                    .contains("ended what went on after the command: prepared transaction left over (postgres)");
            assertThat(shop.database.must("SELECT count(*) FROM pg_prepared_xacts"))
                    .isEqualTo("0");
            assertThat(shop.isAsBefore()).isTrue();

            server.must("postgres", "CREATE ROLE guard_preparer SUPERUSER");
            Ran foreign = shop.guard(
                    psql(
                                    "SET ROLE guard_preparer; BEGIN; DELETE FROM orders WHERE id < 4; PREPARE TRANSACTION 'not ours'")
                            + "; exit 6",
                    "--on-failure",
                    "rollback");
            shop.assertEnded(foreign, 123, "fail", false);
            assertThat(foreign.err())
                    .contains("goes on, and may not be ended: prepared transaction not ours (guard_preparer)")
                    .contains("ROLLBACK PREPARED");
            shop.database.must("ROLLBACK PREPARED 'not ours'");
        }
    }

    /** A command that has deleted three rows, fails once there is a file, and is taken back then. */
    private static Child waitingCommand(GuardedShop shop, Path go) {
        Path started = shop.work.resolve("started");
        Child guard = shop.start(
                psql("DELETE FROM orders WHERE id < 4") + "; touch " + started + "; while [ ! -f " + go
                        + " ]; do sleep 0.05; done; exit 2",
                "--on-failure",
                "rollback");
        guard.awaitFile(started);
        return guard;
    }

    @Test
    void theServerIsStoppedAndStartedWhileTheCommandRuns() throws IOException {
        try (TestServer server = TestServers.another(17, Map.of());
                var shop = new GuardedShop(server, folder)) {
            Path go = shop.work.resolve("go");
            Child guard = waitingCommand(shop, go);
            server.crash();
            server.startAgain();
            Files.createFile(go);
            Ran ran = guard.await();
            shop.assertEnded(ran, 2, "fail", true);
            assertThat(ran.err())
                    .contains("was cut while the command ran", "3 rows of public.orders are gone", "TAKEN BACK");
            assertThat(shop.isAsBefore()).isTrue();
        }
    }

    @Test
    void theServerIsGoneWhenItIsToBeTakenBack() throws IOException {
        try (TestServer server = TestServers.another(17, Map.of());
                var shop = new GuardedShop(server, folder)) {
            Path go = shop.work.resolve("go");
            Child guard = waitingCommand(shop, go);
            server.crash();
            Files.createFile(go);
            Ran ran = guard.await();
            shop.assertEnded(ran, 123, "fail", false);
            assertThat(ran.err()).contains("what has changed is not known", "NOT TAKEN BACK");
            server.startAgain();
            String rollback = shop.report().string("rollback").replace("holdfast rollback ", "");
            shop.cli().run("rollback", rollback, "--yes").well();
            assertThat(shop.isAsBefore()).isTrue();
        }
    }
}
