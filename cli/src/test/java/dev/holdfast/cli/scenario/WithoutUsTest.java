package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.cli.Cli;
import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.SchemaTexts;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.testing.Programs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Holdfast is gone. The repository's own script brings the database back with nothing but Python, zstd and PostgreSQL's programs. */
final class WithoutUsTest {
    @TempDir
    private Path folder;

    @EachPostgres
    void theRepositorysOwnScriptBringsADatabaseBack(TestServer server) {
        assumeTrue(Programs.isHere("python3", "restoring without Holdfast")
                && Programs.isHere("zstd", "restoring without Holdfast"));
        try (TestDatabase shop = server.fresh();
                TestDatabase copy = server.database(shop.name() + "_copy")) {
            SampleDatabase.fill(shop);
            String id = Cli.of(shop, folder).run("backup").well().lastLine();

            Programs.Result ran = Programs.run(List.of(
                    "env",
                    "PATH=" + server.environment().get("PATH"),
                    "PGHOST=127.0.0.1",
                    "PGPORT=" + server.server().port(),
                    "PGUSER=postgres",
                    "python3",
                    folder.resolve("restore-without-holdfast-1.py").toString(),
                    shop.name() + "/" + id,
                    copy.name()));
            assertThat(ran.exit()).as(ran.errors()).isZero();

            Map<String, String> rows = IndependentRows.of(shop);
            assertThat(IndependentRows.of(copy)).isEqualTo(rows);
            assertThat(SchemaTexts.of(copy)).isEqualTo(SchemaTexts.of(shop));
            assertThat(SampleDatabase.largeObjects(copy)).isEqualTo(SampleDatabase.largeObjects(shop));
            assertThat(SampleDatabase.sequences(copy)).isEqualTo(SampleDatabase.sequences(shop));
        }
    }
}
