package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Money moves between two tables as fast as the server can; in every backup all of it is there, once. */
final class WritersDuringBackupTest {
    private static final String SCHEMA = """
            CREATE TABLE a (id int PRIMARY KEY, balance bigint, moves bigint DEFAULT 0, pad text DEFAULT repeat('x', 200));
            CREATE TABLE b (id int PRIMARY KEY, balance bigint, pad text DEFAULT repeat('y', 200));
            CREATE TABLE moves (id bigserial PRIMARY KEY, amount int);
            INSERT INTO a SELECT i, 1000 FROM generate_series(1, 20000) i;
            INSERT INTO b SELECT i, 1000 FROM generate_series(1, 20000) i;
            """;
    private static final String WRITE_FOR_EVER = """
            DO $$
            DECLARE x int; payer int; payee int;
            BEGIN
              LOOP
                x := random() * 100; payer := 1 + random() * 19999; payee := 1 + random() * 19999;
                UPDATE a SET balance = balance - x, moves = moves + 1 WHERE id = payer;
                INSERT INTO moves (amount) VALUES (x);
                UPDATE b SET balance = balance + x WHERE id = payee;
                COMMIT;
              END LOOP;
            END $$
            """;
    private static final String INVARIANT = """
            SELECT (SELECT sum(balance) FROM a) + (SELECT sum(balance) FROM b),
                   (SELECT sum(moves) FROM a) - (SELECT count(*) FROM moves),
                   (SELECT sum(amount) FROM moves) - (SELECT sum(balance) FROM b) + 20000000
            """;

    @TempDir
    private Path folder;

    @Test
    void everyBackupIsOneMomentAcrossTables() throws IOException {
        try (TestDatabase bank = TestServers.newest().fresh()) {
            bank.must(SCHEMA);
            Cli cli = Cli.of(bank, folder);
            List<String> ids = new ArrayList<>();
            long moves;
            List<Process> writers = List.of(writer(bank), writer(bank));
            try {
                awaitMoves(bank, 100);
                for (int i = 0; i < 3; i++) {
                    ids.add(cli.run("backup").well().lastLine());
                }
                moves = moves(bank);
            } finally {
                writers.forEach(Process::destroyForcibly);
            }
            bank.must("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'DO %'");

            long before = 0;
            for (String id : ids) {
                try (TestDatabase copy = bank.server().database(bank.name() + "_" + id)) {
                    cli.run("restore", id, "--into", copy.name()).well();
                    assertThat(copy.must(INVARIANT)).isEqualTo("40000000|0|0");
                    assertThat(moves(copy)).isGreaterThan(before);
                    before = moves(copy);
                }
            }
            assertThat(moves).as("writers were at work to the end").isGreaterThan(before);
        }
    }

    private static long moves(TestDatabase bank) {
        return Long.parseLong(bank.must("SELECT count(*) FROM moves"));
    }

    private static void awaitMoves(TestDatabase bank, long wanted) {
        while (moves(bank) < wanted) {
            Thread.onSpinWait();
        }
    }

    private static Process writer(TestDatabase bank) throws IOException {
        return new ProcessBuilder(bank.server().program("psql"), "-Xq", "-d", bank.url(), "-c", WRITE_FOR_EVER)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
