package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Few connections mean fewer readers; too few are said. pg_dump is counted, too. */
@Timeout(180)
final class ConnectionLimitTest {
    private static final int NEEDED = 3;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"ROLE few", "DATABASE limited"})
    void withThreeConnectionsABackupIsTakenAndWithFewerItIsSaid(String whose) {
        TestServer server = TestServers.newest();
        server.must("postgres", "CREATE ROLE few LOGIN CREATEDB");
        try (TestDatabase shop = server.create("limited");
                TestDatabase copy = server.database("limited_copy")) {
            server.must("postgres", "ALTER DATABASE limited OWNER TO few");
            shop.must("SET ROLE few; CREATE SCHEMA app; CREATE TABLE app.t AS SELECT i, repeat('x', 500) FROM"
                    + " generate_series(1, 20000) i");
            Cli cli = Cli.of(shop, folder).with("HOLDFAST_DB", shop.url().replace("postgres@", "few@"));
            for (int limit : List.of(1, 2, 3, 5)) {
                server.must("postgres", "ALTER " + whose + " CONNECTION LIMIT " + limit);
                Ran ran = cli.run("backup", "--jobs", "8");
                if (limit < NEEDED) {
                    Failures.assertClear(ran, 2);
                    assertThat(ran.err()).contains("too many connections", "three connections");
                } else {
                    ran.well();
                }
                awaitNobody(server);
            }
            for (int limit : List.of(1, 3, 5, 12)) {
                server.must("postgres", "ALTER " + whose + " CONNECTION LIMIT " + limit);
                Ran ran = cli.run("restore", "latest", "--into", copy.name(), "--jobs", "2");
                if (limit == 1) {
                    Failures.assertClear(ran, 2);
                } else if (limit == 12) {
                    ran.well();
                }
                if (ran.exit() == 0) {
                    assertThat(IndependentRows.of(copy)).isEqualTo(IndependentRows.of(shop));
                    copy.close();
                } else {
                    assertThat(ran.exit()).as(ran.err()).isIn(2, 3);
                    assertThat(ran.err()).contains("too many connections").doesNotContain("\tat ");
                    assertThat(server.databases()).noneMatch(name -> name.startsWith("holdfast_restore_"));
                }
                awaitNobody(server);
            }
            assertThat(copy.exists()).isFalse();
        } finally {
            server.must("postgres", "DROP ROLE few");
        }
    }

    private static void awaitNobody(TestServer server) {
        while (!server.must("postgres", "SELECT count(*) FROM pg_stat_activity WHERE usename = 'few'")
                .equals("0")) {
            Thread.onSpinWait();
        }
    }
}
