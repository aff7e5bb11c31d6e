package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The repository holds one database, and another one is named: its backups are never taken for the other's. */
final class WhichBackupTest {
    @TempDir
    private Path folder;

    private final TestDatabase shop = TestServers.newest().fresh();
    private final TestDatabase copy = shop.server().database(shop.name() + "_copy");
    private final Cli cli = Cli.of(shop, Path.of("unused"));
    private String source = "";
    private String id = "";

    private Cli cli() {
        return cli.with("HOLDFAST_REPOSITORY", folder.toString());
    }

    @BeforeEach
    void backUp() {
        shop.must("CREATE TABLE t AS SELECT 1 AS a");
        source = cli().run("backup", "--json").well().json().string("source");
        id = cli().run("show", "latest", "--json").well().json().string("id");
    }

    @AfterEach
    void drop() {
        copy.close();
        shop.close();
    }

    private String server(String database) {
        return "postgresql://postgres@127.0.0.1:" + shop.server().server().port() + database;
    }

    private List<Cli> namingAnother() {
        return List.of(
                cli().with("HOLDFAST_DB", server("/nosuch")),
                cli().with("HOLDFAST_DB", "").with("DATABASE_URL", server("/nosuch")),
                cli().with("HOLDFAST_DB", server("")).with("PGDATABASE", "nosuch"),
                cli().with("HOLDFAST_DB", "").with("PGDATABASE", "nosuch"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"show latest", "verify latest", "restore latest --into x", "show 2", "restore 2 --into x"})
    void withADatabaseNamedThatHasNoBackupTheSourcesThatAreThereAreNamed(String words) {
        for (Cli each : namingAnother()) {
            Ran ran = each.run(words.split(" ", -1));
            Failures.assertClear(ran, 2);
            assertThat(ran.err()).contains("'nosuch'").contains("only of " + source);
            assertThat(ran.err()).contains("hint: ").contains(source + "/" + words.split(" ", -1)[1]);
        }
        assertThat(shop.server().databases()).doesNotContain("x");
    }

    @Test
    void aSourceThatIsNamedIsMeantWhateverDatabaseIs() {
        Cli another = cli().with("HOLDFAST_DB", server("/nosuch"));
        for (String backup : List.of(source + "/latest", source + "/" + id, source + "/" + id.substring(0, 8))) {
            assertThat(another.run("show", backup, "--json").well().json().string("id"))
                    .isEqualTo(id);
            another.run("verify", backup).well();
            another.run("restore", backup, "--into", copy.name()).well();
            assertThat(IndependentRows.of(copy)).isEqualTo(IndependentRows.of(shop));
            copy.close();
        }
    }

    @Test
    void withNoDatabaseNamedTheOnlySourceIsMeant() {
        cli().with("HOLDFAST_DB", "").run("show", "latest").well();
        cli().with("HOLDFAST_DB", "").with("PGDATABASE", "").run("verify", id).well();
        cli().with("HOLDFAST_DB", server(""))
                .run("restore", "latest", "--into", copy.name())
                .well();
        assertThat(IndependentRows.of(copy)).isEqualTo(IndependentRows.of(shop));
    }
}
