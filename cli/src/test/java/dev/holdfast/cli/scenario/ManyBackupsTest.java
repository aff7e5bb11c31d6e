package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Years of backups: listing them costs what heads cost, and every one of them can be found and verified. */
final class ManyBackupsTest {
    private static final int MANY = 1000;

    @TempDir
    private Path folder;

    @Test
    void listingOpensNothingButHeads() throws IOException {
        try (TestDatabase shop = TestServers.newest().fresh()) {
            shop.must("SELECT format('CREATE TABLE t%s (a int)', i) FROM generate_series(1, 400) i \\gexec\n");
            Cli cli = Cli.of(shop, folder);
            String id = cli.run("backup").well().lastLine();
            Path source = folder.resolve("backups").resolve(shop.name());
            assertThat(Files.size(source.resolve(id + ".json"))).isLessThan(8_000);
            ManyHeads.publish(source, id, MANY);

            Path packs = Files.move(folder.resolve("packs"), folder.resolve("elsewhere"));
            assertThat(cli.run("list", "--json").well().json().objects("backups", backup -> backup.string("id")))
                    .hasSize(MANY + 1)
                    .contains("20200101_000000", id)
                    .isSorted();
            Files.move(packs, folder.resolve("packs"));

            assertThat(cli.run("show", "20200101_05").well().out()).contains("400 tables");
            cli.run("verify").well();
            String next = cli.run("backup").well().lastLine();
            assertThat(next).isGreaterThan(id);
        }
    }
}
