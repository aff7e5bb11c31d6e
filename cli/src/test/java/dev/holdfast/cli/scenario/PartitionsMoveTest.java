package dev.holdfast.cli.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.backup.BackupStep;
import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.PsqlSession;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Partitions that come and go without waiting for readers, and an ALTER TABLE that does wait. */
@Timeout(120)
final class PartitionsMoveTest {
    private static final String SETUP = """
            CREATE TABLE p (a int, b text) PARTITION BY LIST (a);
            CREATE TABLE one PARTITION OF p FOR VALUES IN (1); CREATE TABLE two PARTITION OF p FOR VALUES IN (2);
            INSERT INTO p SELECT i % 2 + 1, 'x' FROM generate_series(1, 1000) i;
            """;
    private static final String DETACH = "ALTER TABLE p DETACH PARTITION one CONCURRENTLY";
    private static final String PENDING = "SELECT count(*) FROM pg_inherits WHERE inhdetachpending";

    @TempDir
    private Path folder;

    @EachPostgres
    void aPartitionThatIsBeingDetachedWhileABackupIsTakenIsAttachedInIt(TestServer server) throws InterruptedException {
        try (TestDatabase shop = server.fresh();
                TestDatabase copy = server.database(shop.name() + "_copy")) {
            shop.must(SETUP);
            Map<String, String> rows = IndependentRows.of(shop);
            Cli cli = Cli.of(shop, folder);
            var detach = new Thread(() -> shop.must(DETACH));
            When when = When.at(BackupStep.ROWS, () -> {
                detach.start();
                while (!shop.must(PENDING).equals("1")) {
                    Thread.onSpinWait();
                }
            });
            cli.run(when, "backup").well();
            detach.join();
            assertThat(shop.must("SELECT count(*) FROM p")).isEqualTo("500");
            cli.run("restore", "latest", "--into", copy.name()).well();
            assertThat(IndependentRows.of(copy)).isEqualTo(rows);
            assertThat(copy.must("SELECT count(*) FROM p")).isEqualTo("1000");
        }
    }

    @EachPostgres
    void aPartitionLeftBetweenAttachedAndDetachedKeepsItsRows(TestServer server) {
        try (TestDatabase shop = server.fresh();
                TestDatabase copy = server.database(shop.name() + "_copy");
                var reader = new PsqlSession(shop)) {
            shop.must(SETUP);
            reader.must("BEGIN; SELECT count(*) FROM p");
            assertThat(server.psql(shop.name(), "SET lock_timeout = '100ms'; " + DETACH)
                            .exit())
                    .isNotZero();
            reader.must("ROLLBACK");
            assertThat(shop.must(PENDING)).isEqualTo("1");
            Cli cli = Cli.of(shop, folder);
            cli.run("backup").well();
            cli.run("restore", "latest", "--into", copy.name()).well();
            assertThat(IndependentRows.of(copy)).isEqualTo(IndependentRows.of(shop));
            assertThat(copy.must("SELECT count(*) FROM one")).isEqualTo("500");
        }
    }

    /** pg_dump queues behind the ALTER, which queues behind us: without an end to that, all three and everybody else would wait. */
    @Test
    void anAlterThatQueuesBeforePgDumpIsNamed() throws IOException, InterruptedException {
        TestServer server = TestServers.newest();
        try (TestDatabase shop = server.fresh()) {
            shop.must(SETUP + "CREATE TABLE t (a int)");
            Path programs = Files.createDirectory(folder.resolve("bin"));
            for (String program : List.of("psql", "pg_restore")) {
                Files.createSymbolicLink(programs.resolve(program), Path.of(server.program(program)));
            }
            Path dump = Files.writeString(programs.resolve("pg_dump"), queueing(server, shop), UTF_8);
            Files.setPosixFilePermissions(dump, PosixFilePermissions.fromString("rwxr-xr-x"));
            Ran ran = Cli.of(shop, folder.resolve("repository"))
                    .with("HOLDFAST_POSTGRES_BIN", programs.toString())
                    .run("backup");
            Failures.assertClear(ran, 2);
            assertThat(ran.err()).contains("table public.t is waited for by process");
            Cli.of(shop, folder.resolve("repository")).run("backup").well();
        }
    }

    private static String queueing(TestServer server, TestDatabase shop) {
        String psql = "'" + server.program("psql") + "' -XqAt -d '" + shop.url() + "' -c ";
        return """
                #!/bin/sh
                case " $* " in *' --schema-only '*)
                  (%s 'ALTER TABLE t ADD b int' >/dev/null 2>&1 &)
                  until [ "$(%s "SELECT count(*) FROM pg_locks WHERE relation = 't'::regclass AND NOT granted")" = 1 ]; do :; done
                esac
                exec '%s' "$@"
                """.formatted(psql, psql, server.program("pg_dump"));
    }
}
