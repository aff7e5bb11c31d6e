package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.json.JsonObject;
import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.OldestAndNewestPostgres;
import dev.holdfast.postgres.testing.SchemaTexts;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;

/** A database is backed up, looked at, brought back under another name, and everything in it is the same. */
final class RoundTripTest {
    @TempDir
    private Path folder;

    @EachPostgres
    void aRestoredDatabaseIsTheSameInRowsSchemaAndSequences(TestServer server) {
        try (TestDatabase shop = server.fresh();
                TestDatabase copy = server.database(shop.name() + "_copy");
                TestDatabase again = server.database(shop.name() + "_again")) {
            SampleDatabase.fill(shop);
            Map<String, String> rows = IndependentRows.of(shop);
            var cli = Cli.of(shop, folder);

            String id = cli.run("backup", "-m", "before the release").well().lastLine();
            cli.run("verify").well();
            cli.run("restore", id, "--into", copy.name()).well();

            assertThat(IndependentRows.of(copy)).isEqualTo(rows);
            assertThat(IndependentRows.of(shop)).isEqualTo(rows);
            assertThat(SchemaTexts.of(copy)).isEqualTo(SchemaTexts.of(shop));
            assertThat(SampleDatabase.sequences(copy)).isEqualTo(SampleDatabase.sequences(shop));

            var second = Cli.of(copy, folder);
            String secondId = second.run("backup").well().lastLine();
            assertThat(digests(second, copy.name() + "/" + secondId)).isEqualTo(digests(cli, shop.name() + "/" + id));
            second.run("restore", "latest", "--into", again.name()).well();
            assertThat(IndependentRows.of(again)).isEqualTo(rows);
            assertThat(SchemaTexts.of(again)).isEqualTo(SchemaTexts.of(copy));
        }
    }

    private static Map<String, String> digests(Cli cli, String backup) {
        Map<String, String> digests = new TreeMap<>();
        cli.run("show", backup, "--json").well().json().objects("tables", table -> table).stream()
                // a dump puts the columns of a child in another order, and a digest follows the order of its backup
                .filter(table -> !table.string("name").equals("public.child"))
                .forEach(
                        table -> digests.put(table.string("name"), table.count("rows") + " " + table.string("digest")));
        return digests;
    }

    @OldestAndNewestPostgres
    void aSecondBackupOfAnUnchangedDatabaseAddsLessThanAHundredKilobytes(TestServer server) {
        try (TestDatabase shop = server.fresh()) {
            SampleDatabase.fill(shop);
            var cli = Cli.of(shop, folder);
            cli.run("backup").well();
            long before = size();
            long packs = packs();
            cli.run("backup").well();
            assertThat(size() - before).isLessThan(100_000);
            assertThat(packs() - packs).isLessThanOrEqualTo(1);
            cli.run("verify").well();
        }
    }

    private long size() {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(RoundTripTest::size)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long packs() {
        try (var files = Files.walk(folder.resolve("packs"))) {
            return files.filter(Files::isRegularFile).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @OldestAndNewestPostgres
    void everyAnswerIsAlsoOneJsonObject(TestServer server) {
        try (TestDatabase shop = server.fresh();
                TestDatabase copy = server.database(shop.name() + "_copy")) {
            shop.must("CREATE TABLE t (a int); INSERT INTO t VALUES (1), (2)");
            var cli = Cli.of(shop, folder);

            JsonObject made = cli.run("backup", "--json", "-m", "é").well().json();
            assertThat(made.count("schema_version")).isEqualTo(1);
            assertThat(made.count("rows")).isEqualTo(2);
            JsonObject listed = cli.run("list", "--json").well().json();
            assertThat(listed.objects("backups", backup -> backup.string("id"))).containsExactly(made.string("id"));
            JsonObject shown = cli.run("show", "latest", "--json").well().json();
            assertThat(shown.string("description")).isEqualTo("é");
            JsonObject verified = cli.run("verify", "--json").well().json();
            assertThat(verified.string("verdict")).isEqualTo("pass");
            JsonObject restored = cli.run("restore", "latest", "--into", copy.name(), "--json")
                    .well()
                    .json();
            assertThat(restored.string("database")).isEqualTo(copy.name());
            assertThat(restored.flag("equal")).isTrue();
        }
    }
}
