package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.OldestAndNewestPostgres;
import dev.holdfast.postgres.testing.PsqlSession;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sequence is brought up by the transaction that puts rows back, although sequences belong to none. POSTGRES.md C8. */
@Timeout(180)
final class InPlaceSequencesTest {
    @TempDir
    private Path folder;

    /** Something else has written, which is found out last of all. */
    @OldestAndNewestPostgres
    void oneThatWasBroughtUpIsBackWhereItWasWhenNothingIsCommitted(TestServer server) {
        try (TestDatabase shop = server.fresh()) {
            shop.must("""
                    CREATE TABLE t (id serial PRIMARY KEY); INSERT INTO t SELECT FROM generate_series(1, 100);
                    CREATE TABLE log AS SELECT 1 AS a;
                    CREATE FUNCTION other() RETURNS int LANGUAGE plpgsql SET search_path = public AS
                      'BEGIN INSERT INTO log VALUES (2); RETURN 1; END';
                    CREATE MATERIALIZED VIEW seen AS SELECT count(*), other() FROM t;
                    """);
            Cli cli = Cli.of(shop, folder);
            cli.run("backup").well();
            shop.must("DELETE FROM t WHERE id > 50; SELECT setval('t_id_seq', 7)");
            Failures.assertClear(cli.run("restore", "latest", "--yes"), 3);
            assertThat(IndependentRows.sequences(shop)).containsExactly("public.t_id_seq|7|t");
            assertThat(shop.must("SELECT nextval('t_id_seq')")).isEqualTo("8");
        }
    }

    /** No lock on a table keeps others from taking numbers. */
    @OldestAndNewestPostgres
    void oneThatOthersBringFurtherInThatMomentIsNotSetBack(TestServer server) {
        try (TestDatabase shop = server.fresh();
                var other = new PsqlSession(shop)) {
            shop.must("CREATE SEQUENCE numbers; SELECT setval('numbers', 100); CREATE TABLE t AS SELECT 1 AS a");
            Cli cli = Cli.of(shop, folder);
            cli.run("backup").well();
            shop.must("DELETE FROM t");
            other.must("BEGIN; SELECT setval('numbers', 7)");
            CompletableFuture<Ran> restored =
                    CompletableFuture.supplyAsync(() -> cli.run("restore", "latest", "--yes"));
            while (!shop.must("SELECT count(*) = 1 FROM pg_locks WHERE NOT granted AND relation = 'numbers'::regclass")
                    .equals("t")) {
                assertThat(restored).as("it waits for the sequence").isNotDone();
            }
            other.must("SELECT setval('numbers', 900); COMMIT");
            restored.join().well();
            assertThat(IndependentRows.sequences(shop)).containsExactly("public.numbers|900|t");
            assertThat(shop.must("SELECT count(*) FROM t")).isEqualTo("1");
        }
    }
}
