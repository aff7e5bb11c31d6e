package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.postgres.testing.OldestAndNewestPostgres;
import dev.holdfast.postgres.testing.PsqlSession;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.restore.SwapStep;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions write all the time and come back when they are ended: a swap loses none of their rows, and does not keep them out. */
@Timeout(300)
final class SwapUnderLoadTest {
    private static final int WRITERS = 3;
    /** One may still wait for a database of the old number, and is told once that it has gone; then the ended session is one more. */
    private static final int MOST_FAILURES_AT_ONCE = 3;

    @TempDir
    private Path folder;

    /** Writes one row after the other, and keeps account of those that the server said it has. */
    private static final class Writer {
        private final TestDatabase database;
        private final String name;
        private final Set<String> committed = new HashSet<>();
        private final AtomicInteger count = new AtomicInteger();
        private int failuresAtOnce;
        private int mostFailuresAtOnce;

        Writer(TestDatabase database, String name) {
            this.database = database;
            this.name = name;
        }

        void writeUntil(AtomicBoolean over) {
            for (int i = 0; !over.get(); ) {
                try (var session = new PsqlSession(database)) {
                    while (!over.get()) {
                        String token = name + "-" + i++;
                        if (session.run("INSERT INTO written VALUES ('" + token + "') RETURNING token")
                                .contains(token)) {
                            committed.add(token);
                            count.incrementAndGet();
                            failuresAtOnce = 0;
                        } else {
                            failed();
                        }
                    }
                } catch (AssertionError | UncheckedIOException e) {
                    failed(); // its psql has ended
                }
            }
        }

        private void failed() {
            failuresAtOnce++;
            mostFailuresAtOnce = Math.max(mostFailuresAtOnce, failuresAtOnce);
        }

        void awaitMore(int more) {
            int wanted = count.get() + more;
            while (count.get() < wanted) {
                Thread.onSpinWait();
            }
        }
    }

    @OldestAndNewestPostgres
    void everyCommittedRowIsInOneOfTheTwoDatabasesAndNobodyStaysOut(TestServer server) {
        try (TestDatabase shop = server.fresh()) {
            shop.must("CREATE TABLE written (token text PRIMARY KEY);"
                    + " CREATE TABLE goods AS SELECT i, md5(i::text) FROM generate_series(1, 20000) i");
            Cli cli = Cli.of(shop, folder);
            String id = cli.run("backup").well().lastLine();
            var over = new AtomicBoolean();
            List<Writer> writers = new ArrayList<>();
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                var writer = new Writer(shop, "w" + i);
                writers.add(writer);
                running.add(CompletableFuture.runAsync(() -> writer.writeUntil(over)));
            }
            List<Integer> failuresBefore = new ArrayList<>();
            try {
                writers.forEach(writer -> writer.awaitMore(5));
                When atExchange = When.at(SwapStep.EXCHANGE, () -> {
                    writers.forEach(writer -> writer.awaitMore(5));
                    writers.forEach(writer -> failuresBefore.add(writer.mostFailuresAtOnce));
                });
                cli.run(atExchange, "restore", id, "--swap", "--yes").well();
                writers.forEach(writer -> writer.awaitMore(5));
            } finally {
                over.set(true);
                running.forEach(CompletableFuture::join);
            }

            try (TestDatabase kept = server.database(shop.name() + "_before_" + id)) {
                Set<String> there = tokens(kept);
                Set<String> here = tokens(shop);
                assertThat(there).isNotEmpty().doesNotContainAnyElementsOf(here);
                assertThat(here).isNotEmpty();
                there.addAll(here);
                writers.forEach(writer -> {
                    assertThat(there).containsAll(writer.committed);
                    assertThat(writer.mostFailuresAtOnce).isLessThanOrEqualTo(MOST_FAILURES_AT_ONCE);
                });
                assertThat(failuresBefore)
                        .as("writers work on until the exchange")
                        .containsOnly(0);
                assertThat(shop.must("SELECT count(*) FROM goods")).isEqualTo("20000");
            }
        }
    }

    private static Set<String> tokens(TestDatabase database) {
        return new HashSet<>(database.must("SELECT token FROM written").lines().toList());
    }
}
