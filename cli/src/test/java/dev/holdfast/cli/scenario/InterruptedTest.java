package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Child;
import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ctrl-C, or a terminate from the system: the run puts back what it changed, says so by its exit code, and leaves nothing. */
final class InterruptedTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "INT, 130, backup/LEASE, backup",
        "TERM, 143, backup/ROWS, backup",
        "INT, 130, backup/PIECES, backup",
        "TERM, 143, backup/DIGEST, backup",
        "INT, 130, restore/CREATE, restore",
        "TERM, 143, restore/ROWS, restore",
        "INT, 130, restore/COMPLETE, restore",
        "INT, 130, restore/CHECK, restore",
        "INT, 130, verify/PACKS, verify",
    })
    void anInterruptedRunLeavesNothingBehind(String signal, int exit, String step, String command) throws IOException {
        try (TestDatabase shop = TestServers.newest().fresh()) {
            shop.must("CREATE TABLE t AS SELECT generate_series(1, 1000) AS a");
            Cli cli = Cli.of(shop, folder);
            cli.run("backup").well();
            List<String> databases = shop.server().databases();

            String[] arguments = command.equals("restore")
                    ? new String[] {"restore", "latest", "--into", "copy"}
                    : new String[] {command};
            Ran ran = cli.start(step + ":signal=" + signal, arguments).await();

            assertThat(ran.exit()).as(ran.err()).isEqualTo(exit);
            assertThat(ran.err()).contains("holdfast: interrupted").doesNotContain("\tat ");
            assertThat(shop.server().databases()).isEqualTo(databases);
            assertThat(files("leases")).isEmpty();
            assertThat(files("tmp")).isEmpty();
            assertThat(cli.run("list", "--json").well().json().objects("backups", backup -> backup))
                    .hasSize(1);
            cli.run("verify").well();
            cli.run("backup").well();
        }
    }

    /** Nothing is sent where 0 bytes are carried: there the run waits while it connects. */
    @ParameterizedTest
    @CsvSource({"TERM, 143, 0, backup", "INT, 130, 300000, backup", "TERM, 143, 300000, restore"})
    void aRunWhoseServerHasGoneSilentIsInterruptedAllTheSame(String signal, int exit, long most, String command)
            throws Exception {
        try (TestDatabase shop = TestServers.newest().fresh();
                var proxy = new SilentProxy(shop.server().server().port(), most)) {
            shop.must("CREATE TABLE t AS SELECT md5(i::text) AS a FROM generate_series(1, 50000) i");
            Cli cli = Cli.of(shop, folder);
            String id = cli.run("backup").well().lastLine();
            shop.must("UPDATE t SET a = a || 'x'");
            List<String> databases = shop.server().databases();

            String[] arguments =
                    command.equals("restore") ? new String[] {"restore", id, "--into", "copy"} : new String[] {command};
            Child child = cli.with("HOLDFAST_DB", proxy.url(shop.name())).start("", arguments);
            proxy.awaitSilence();
            child.signal(signal);
            Ran ran = child.await();

            assertThat(ran.exit()).as(ran.err()).isEqualTo(exit);
            assertThat(ran.err().lines().filter(line -> line.startsWith("holdfast: ")))
                    .containsExactly("holdfast: interrupted");
            assertThat(shop.server().databases()).isEqualTo(databases);
            assertThat(files("leases")).isEmpty();
            assertThat(files("tmp")).isEmpty();
            assertThat(files("journal/open")).isEmpty();
            cli.run("backup").well();
        }
    }

    @Test
    void aRunThatWasInterruptedTooLateIsDoneAndSaysSo() {
        try (TestDatabase shop = TestServers.newest().fresh();
                TestDatabase copy = shop.server().database(shop.name() + "_copy")) {
            shop.must("CREATE TABLE t AS SELECT generate_series(1, 1000) AS a");
            Cli cli = Cli.of(shop, folder);
            Ran backup = cli.start("backup/HEAD:signal=INT", "backup").await().well();
            assertThat(cli.run("list", "--json").well().json().objects("backups", each -> each.string("id")))
                    .containsExactly(backup.lastLine());

            Ran restore = cli.start("restore/PUBLISH:signal=TERM", "restore", "latest", "--into", copy.name())
                    .await()
                    .well();
            assertThat(restore.out()).contains("read again and equal");
            assertThat(IndependentRows.of(copy)).isEqualTo(IndependentRows.of(shop));
        }
    }

    private List<Path> files(String below) throws IOException {
        Path start = folder.resolve(below);
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        try (var found = Files.walk(start)) {
            return found.filter(Files::isRegularFile).toList();
        }
    }
}
