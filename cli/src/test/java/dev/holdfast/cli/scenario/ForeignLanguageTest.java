package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that speaks German is understood as well. */
@Timeout(180)
final class ForeignLanguageTest {
    @TempDir
    private Path folder;

    /** A server of the first major whose messages are here in German; of the newest one if there is none. */
    private static TestServer german() {
        for (int major : TestServers.majors()) {
            TestServer server = TestServers.another(major, Map.of("lc_messages", "C.UTF-8"));
            server.crash();
            server.startAgain("de");
            if (isGerman(server)) {
                return server;
            }
            server.close();
        }
        Seeds.print("NOT TESTED, since the messages of no server are here in German: another language");
        return TestServers.another(TestServers.newest().major(), Map.of());
    }

    private static boolean isGerman(TestServer server) {
        return server.psql("postgres", "SELEC").errors().contains("FEHLER");
    }

    /** The first pg_dump is let into a database that is full, and so is told in German that there is no place. */
    @Test
    void wherePgDumpFindsNoPlaceAtFirstItIsStartedAgain() throws IOException {
        try (TestServer server = german()) {
            assumeTrue(isGerman(server));
            server.must("postgres", "CREATE ROLE few LOGIN; CREATE DATABASE full_one CONNECTION LIMIT 0");
            TestDatabase shop = server.fresh();
            TestDatabase copy = server.database("copy");
            shop.must("CREATE TABLE t AS SELECT 1 AS a; GRANT SELECT ON t TO few");
            Path ran = folder.resolve("ran");
            String first =
                    "echo once >> '%1$s'; [ $(wc -l < '%1$s') -gt 1 ] || export PGDATABASE=full_one".formatted(ran);
            Path programs = SlowPgDump.make(folder.resolve("programs"), server, first);
            Cli cli = Cli.of(shop, folder.resolve("repository"));
            cli.with("HOLDFAST_DB", shop.url().replace("postgres@", "few@"))
                    .with("HOLDFAST_POSTGRES_BIN", programs.toString())
                    .run("backup")
                    .well();
            assertThat(Files.readAllLines(ran)).hasSize(2);
            cli.run("restore", "latest", "--into", copy.name()).well();
            assertThat(IndependentRows.of(copy)).isEqualTo(IndependentRows.of(shop));
        }
    }

    @Test
    void tooFewConnectionsAreSaidWithTheSameAdvice() {
        try (TestServer server = german()) {
            assumeTrue(isGerman(server));
            TestDatabase shop = server.fresh();
            shop.must("CREATE ROLE few LOGIN CONNECTION LIMIT 1");
            Ran ran = Cli.of(shop, folder)
                    .with("HOLDFAST_DB", shop.url().replace("postgres@", "few@"))
                    .run("backup");
            Failures.assertClear(ran, 2);
            assertThat(ran.err()).contains("three connections").doesNotContain("too many");
        }
    }
}
