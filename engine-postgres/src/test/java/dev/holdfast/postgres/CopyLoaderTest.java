package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.engine.Loader;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** Loaders side by side: one that is in another's way is no failure. */
final class CopyLoaderTest {
    private static JsonObject table(TestDatabase database, String name) {
        return Captures.with(
                database,
                1,
                capture -> capture.relations().stream()
                        .filter(relation -> relation.name().equals("public." + name))
                        .findFirst()
                        .orElseThrow()
                        .facts());
    }

    private static CompletableFuture<Optional<HoldfastException>> load(
            TestDatabase database, JsonObject table, CountDownLatch begun) {
        Iterator<byte[]> rows = List.of("1\n".getBytes(UTF_8)).iterator();
        var afterAllHaveBegun = new Iterator<byte[]>() {
            @Override
            public boolean hasNext() {
                begun.countDown();
                try {
                    begun.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                return rows.hasNext();
            }

            @Override
            public byte[] next() {
                return rows.next();
            }
        };
        return CompletableFuture.supplyAsync(
                () -> {
                    try (Loader loader =
                            new CopyLoader(Captures.connections(database).openSession(), "public", Set.of())) {
                        return loader.load(table, afterAllHaveBegun, true);
                    }
                },
                task -> new Thread(task).start());
    }

    @EachPostgres
    void whoLosesADeadlockMayTryAgain(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must("""
                    CREATE TABLE a (n int); CREATE TABLE b (n int);
                    CREATE FUNCTION looked() RETURNS bool LANGUAGE sql STABLE
                      AS 'SELECT (SELECT count(*) FROM a) + (SELECT count(*) FROM b) > -1';
                    ALTER TABLE a ADD CHECK (looked()); ALTER TABLE b ADD CHECK (looked());
                    """);
            var begun = new CountDownLatch(2);
            JsonObject a = table(database, "a");
            JsonObject b = table(database, "b");
            var one = load(database, a, begun);
            var other = load(database, b, begun);
            List<HoldfastException> refused = List.of(one.join(), other.join()).stream()
                    .flatMap(Optional::stream)
                    .toList();
            assertThat(refused).singleElement().satisfies(why -> assertThat(why).hasMessageContaining("deadlock"));
            JsonObject again = one.join().isPresent() ? a : b;
            assertThat(load(database, again, new CountDownLatch(1)).join()).isEmpty();
            assertThat(database.must("SELECT (SELECT count(*) FROM a), (SELECT count(*) FROM b)"))
                    .isEqualTo("1|1");
        }
    }
}
