package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** A backup moves a database to a newer server, and never to an older one. */
final class NewerServerTest {
    @TempDir
    private Path folder;

    @EachPostgres
    void aBackupComesBackOnEveryNewerServerAndIsRefusedByOlderOnes(TestServer server) {
        try (TestDatabase shop = server.fresh()) {
            SampleDatabase.fill(shop);
            String id = Cli.of(shop, folder).run("backup").well().lastLine();
            for (TestServer other : TestServers.each()) {
                try (TestDatabase moved = other.database("moved_from_" + server.major())) {
                    SampleDatabase.makeRoles(other);
                    Ran ran = Cli.of(moved, folder)
                            .with("HOLDFAST_DB", other.url("postgres"))
                            .run("restore", shop.name() + "/" + id, "--into", moved.name());
                    if (other.major() < server.major()) {
                        assertThat(ran.exit()).isEqualTo(2);
                        assertThat(ran.err())
                                .contains("PostgreSQL " + server.major(), "an older server cannot take it");
                        assertThat(moved.exists()).isFalse();
                    } else {
                        ran.well();
                        assertThat(IndependentRows.of(moved)).isEqualTo(IndependentRows.of(shop));
                        assertThat(SampleDatabase.sequences(moved)).isEqualTo(SampleDatabase.sequences(shop));
                        assertThat(SampleDatabase.largeObjects(moved)).isEqualTo(SampleDatabase.largeObjects(shop));
                    }
                }
            }
        }
    }
}
