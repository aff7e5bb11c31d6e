package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.OldestAndNewestPostgres;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Single tables brought back in place, while all others stay as they are. */
final class InPlaceTablesTest {
    private static final String SCHEMA = """
            CREATE TABLE people (id serial PRIMARY KEY, name text);
            CREATE TABLE orders (id serial PRIMARY KEY, person int REFERENCES people, at int UNIQUE DEFERRABLE INITIALLY DEFERRED);
            CREATE TABLE notes (t text);
            INSERT INTO people (name) SELECT 'p' || i FROM generate_series(1, 2000) i;
            INSERT INTO orders (person, at) SELECT 1 + i % 2000, i FROM generate_series(1, 4000) i;
            INSERT INTO notes SELECT 'n' || i % 50 FROM generate_series(1, 500) i;
            """;

    @TempDir
    private Path folder;

    @OldestAndNewestPostgres
    void eachModeDoesWhatItSaysAndNoMore(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must(SCHEMA);
            Cli cli = Cli.of(database, folder);
            String backup = cli.run("backup").well().lastLine();
            String damage =
                    "DELETE FROM orders WHERE id <= 100; UPDATE orders SET person = 7 WHERE id BETWEEN 200 AND 299;"
                            + " INSERT INTO orders VALUES (9000, 7, 9000); UPDATE people SET name = 'new' WHERE id = 5;"
                            + " SELECT setval('orders_id_seq', 3), setval('people_id_seq', 4)";
            database.must(damage);

            Ran missing = cli.run("restore", backup, "--table", "orders", "--mode", "insert-missing", "--yes")
                    .well();
            assertThat(missing.out()).contains("public.orders: 100 rows inserted, 0 updated, 0 deleted");
            assertThat(orders(database)).isEqualTo("4001|100|1");

            database.must("DELETE FROM orders WHERE id <= 100");
            Ran upserted = cli.run("restore", backup, "--table", "public.orders", "--mode", "upsert", "--yes")
                    .well();
            assertThat(upserted.out()).contains("public.orders: 100 rows inserted, 100 updated, 0 deleted");
            assertThat(orders(database)).isEqualTo("4001|0|1");

            database.must(
                    "DELETE FROM orders WHERE id <= 100; UPDATE orders SET person = 7 WHERE id BETWEEN 200 AND 299");
            Ran replaced =
                    cli.run("restore", backup, "--table", "orders", "--yes").well();
            assertThat(replaced.out()).contains("public.orders: 100 rows inserted, 100 updated, 1 deleted");
            assertThat(orders(database)).isEqualTo("4000|0|0");

            assertThat(database.must("SELECT name FROM people WHERE id = 5")).isEqualTo("new");
            assertThat(IndependentRows.sequences(database))
                    .containsExactly("public.orders_id_seq|4000|t", "public.people_id_seq|4|t");
        }
    }

    /** How many there are, how many are damaged, how many are new. */
    private static String orders(TestDatabase database) {
        return database.must("SELECT count(*), count(*) FILTER (WHERE person = 7 AND id BETWEEN 200 AND 299),"
                + " count(*) FILTER (WHERE id = 9000) FROM orders");
    }

    /** POSTGRES.md C3. */
    @OldestAndNewestPostgres
    void rowsWithoutTheirParentsAreRefusedByNameAndNothingIsDone(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must(SCHEMA);
            Cli cli = Cli.of(database, folder);
            cli.run("backup").well();
            database.must(
                    "INSERT INTO people (id, name) VALUES (5000, 'new'); INSERT INTO orders VALUES (5000, 5000, 5000);"
                            + " UPDATE people SET name = 'damaged' WHERE id = 1");
            Map<String, String> damaged = IndependentRows.of(database);
            Ran refused = cli.run("restore", "latest", "--table", "people", "--yes");
            assertThat(refused.exit()).isEqualTo(3);
            assertThat(refused.err()).contains("orders_person_fkey");
            assertThat(IndependentRows.of(database)).isEqualTo(damaged);
            cli.run("restore", "latest", "--table", "people", "--table", "orders", "--yes")
                    .well();
            assertThat(database.must("SELECT count(*) FROM people")).isEqualTo("2000");
        }
    }

    /** POSTGRES.md C1: also where keys are looked at. */
    @OldestAndNewestPostgres
    void aParentThatIsBroughtBackAloneTakesNoChildrenAlong(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must(SCHEMA + "; CREATE TABLE pets (person int REFERENCES people ON DELETE CASCADE);"
                    + " CREATE TABLE friends (person int REFERENCES people ON DELETE SET NULL);"
                    + " INSERT INTO pets SELECT generate_series(1, 50); INSERT INTO friends SELECT * FROM pets");
            Cli cli = Cli.of(database, folder);
            cli.run("backup").well();
            Map<String, String> before = IndependentRows.of(database);
            database.must("UPDATE people SET name = 'damaged' WHERE id < 40");
            cli.run("restore", "latest", "--table", "people", "--yes").well();
            assertThat(IndependentRows.of(database)).isEqualTo(before);
        }
    }

    /** Rows that stay and rows that come back can have the same value, which is looked at late. */
    @OldestAndNewestPostgres
    void valuesThatWouldBeThereTwiceAreRefused(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must(SCHEMA);
            Cli cli = Cli.of(database, folder);
            cli.run("backup").well();
            database.must("DELETE FROM orders WHERE id = 10; INSERT INTO orders VALUES (6000, 1, 10)");
            Map<String, String> damaged = IndependentRows.of(database);
            Ran refused = cli.run("restore", "latest", "--table", "orders", "--mode", "upsert", "--yes");
            assertThat(refused.exit()).isEqualTo(3);
            assertThat(refused.err()).contains("orders_at_key");
            assertThat(IndependentRows.of(database)).isEqualTo(damaged);
        }
    }

    @OldestAndNewestPostgres
    void whatIsPrintedToTakeItBackIsAsAShellTakesIt(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must("CREATE TABLE \"it's Odd\" AS SELECT 1 AS a");
            Cli cli = Cli.of(database, folder);
            cli.run("backup").well();
            database.must("DELETE FROM \"it's Odd\"");
            Ran ran = cli.run("restore", "latest", "--table", "public.\"it's Odd\"", "--yes")
                    .well();
            assertThat(ran.out()).contains("--table 'public.\"it'\\''s Odd\"'\n");
        }
    }

    @OldestAndNewestPostgres
    void whatCannotBeMeantIsRefused(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must(SCHEMA);
            Cli cli = Cli.of(database, folder);
            cli.run("backup").well();
            database.must("DELETE FROM notes WHERE t = 'n3'");
            for (String[] wrong : new String[][] {
                {"--table", "nosuch"},
                {"--table", "notes", "--mode", "upsert"},
                {"--mode", "upsert"},
                {"--table", "notes", "--mode", "rubbish"},
                {"--table", "notes", "--into", "other"},
                {"--table", "notes", "--swap"}
            }) {
                String[] command = new String[wrong.length + 3];
                System.arraycopy(wrong, 0, command, 3, wrong.length);
                command[0] = "restore";
                command[1] = "latest";
                command[2] = "--yes";
                Failures.assertClear(cli.run(command), 2);
            }
            assertThat(database.must("SELECT count(*) FROM notes")).isEqualTo("490");
            cli.run("restore", "latest", "--table", "notes", "--yes").well();
            assertThat(database.must("SELECT count(*) FROM notes")).isEqualTo("500");
        }
    }
}
