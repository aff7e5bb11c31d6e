package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A database's whole way: backed up, restored as its copy, and compared row by row. */
final class BringBack {
    private BringBack() {}

    /**
     * Backs up, restores and compares.
     *
     * @param more words for the restore
     * @return what the restore said
     */
    static Ran of(Path repository, TestDatabase database, TestDatabase copy, String... more) {
        Cli cli = Cli.of(database, repository);
        cli.run("backup").well();
        var words = new ArrayList<>(List.of("restore", "latest", "--into", copy.name()));
        words.addAll(List.of(more));
        Ran restored = cli.run(words.toArray(String[]::new)).well();
        assertThat(IndependentRows.of(copy)).isEqualTo(IndependentRows.of(database));
        return restored;
    }
}
