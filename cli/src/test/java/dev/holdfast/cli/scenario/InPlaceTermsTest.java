package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.json.JsonObject;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.testing.SmallDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On what terms a database is put back: how long writers wait, where the way back is kept, which database, all tables or each. */
final class InPlaceTermsTest {
    private static final String SCHEMA = """
            CREATE TABLE people (id int PRIMARY KEY, name text);
            INSERT INTO people SELECT i, md5(i::text) FROM generate_series(1, 500) i;
            CREATE TABLE orders (id int PRIMARY KEY, person int REFERENCES people);
            INSERT INTO orders SELECT i, 1 + i % 500 FROM generate_series(1, 1000) i;
            CREATE TABLE log AS SELECT i AS at FROM generate_series(1, 100) i;
            """;
    private static final String DAMAGE =
            "DELETE FROM orders WHERE id < 50; UPDATE people SET name = 'x' WHERE id < 9; DELETE FROM log";

    @TempDir
    private Path folder;

    private final TestDatabase shop = TestServers.newest().fresh();
    private Cli cli;
    private String backup = "";

    @BeforeEach
    void damage() {
        cli = Cli.of(shop, folder.resolve("usual"));
        shop.must(SCHEMA);
        backup = cli.run("backup").well().lastLine();
        shop.must(DAMAGE);
    }

    @AfterEach
    void drop() {
        shop.close();
    }

    @Test
    void aPlanThatKeepsWritersWaitingForTooLongIsRefused() {
        Map<String, String> damaged = IndependentRows.of(shop);
        Ran ran = cli.run("restore", backup, "--max-block", "1ms", "--dry-run");
        Failures.assertClear(ran, 2);
        assertThat(ran.err()).contains("writers would have to wait for about");
        cli.run("restore", backup, "--max-block", "1h", "--dry-run").well();
        assertThat(IndependentRows.of(shop)).isEqualTo(damaged);
    }

    /** What is slow is a view that is refreshed when the rows are back: it never ends by itself. */
    @ParameterizedTest
    @ValueSource(strings = {"1ms", "1500ms"})
    void whatTakesTooLongIsPutBack(String most) {
        shop.must("""
                CREATE TABLE slowly (seconds int); INSERT INTO slowly VALUES (0);
                CREATE FUNCTION slow() RETURNS text LANGUAGE plpgsql AS 'BEGIN RETURN pg_sleep(seconds)::text FROM public.slowly; END';
                CREATE MATERIALIZED VIEW late AS SELECT at, slow() FROM log;
                UPDATE slowly SET seconds = 1000; INSERT INTO log VALUES (1);
                """);
        String before = cli.run("backup").well().lastLine();
        shop.must("INSERT INTO log VALUES (2)");
        Map<String, String> damaged = IndependentRows.of(shop);
        Ran ran = cli.run("restore", before, "--max-block", most, "--yes");
        Failures.assertClear(ran, most.equals("1ms") ? 2 : 3);
        assertThat(ran.err()).contains("writers have waited for", "the most that was allowed");
        assertThat(IndependentRows.of(shop)).isEqualTo(damaged);
        shop.must("SET lock_timeout = '5s'; BEGIN; LOCK people, orders, log; ROLLBACK");
    }

    @Test
    void withoutASafetyBackupThereIsNoWayBackAndThatIsSaidAndOnRecord() {
        Ran ran = cli.run("restore", backup, "--no-safety-backup", "--yes").well();
        assertThat(ran.err()).contains("WITHOUT A SAFETY BACKUP", "CANNOT BE TAKEN BACK");
        assertThat(ran.out()).contains("cannot be taken back");
        assertThat(cli.run("compare", backup).well().out()).contains("0 tables differ");
        assertThat(cli.run("list", "--json").json().objects("backups", each -> each.string("id")))
                .containsExactly(backup);
        String run = cli.run("journal")
                .out()
                .lines()
                .filter(line -> line.contains(" restore "))
                .findFirst()
                .orElseThrow()
                .replaceAll(".* ", "");
        assertThat(cli.run("journal", run).well().out()).containsPattern("no safety backup yes");
        Ran back = cli.run("rollback", "--yes");
        Failures.assertClear(back, 2);
        assertThat(back.err()).contains("took no safety backup");
    }

    @Test
    void theSafetyBackupMayGoToAnotherRepository() {
        Map<String, String> damaged = IndependentRows.of(shop);
        Path other = folder.resolve("other");
        cli.run("restore", backup, "--safety-to", other.toString(), "--dry-run").well();
        assertThat(other).doesNotExist();
        Ran ran = cli.run("restore", backup, "--safety-to", other.toString(), "--yes")
                .well();
        assertThat(cli.run("list", "--json").json().objects("backups", each -> each.string("id")))
                .containsExactly(backup);
        Ran lost = cli.run("rollback", "--yes");
        Failures.assertClear(lost, 2);
        String back = ran.out()
                .lines()
                .filter(line -> line.startsWith("to take this back: "))
                .findFirst()
                .orElseThrow();
        assertThat(lost.err()).contains(back.substring("to take this back: ".length()));
        List<String> words =
                List.of(back.substring("to take this back: holdfast ".length()).split(" ", -1));
        assertThat(words).startsWith("--repository", other.toString(), "rollback");
        cli.run("--repository", words.get(1), "rollback", words.get(3), "--yes").well();
        assertThat(IndependentRows.of(shop)).isEqualTo(damaged);
    }

    @Test
    void aFullRepositoryNeedNotKeepAnybodyFromGoingBack() throws Exception {
        Optional<SmallDisk> mounted = SmallDisk.mount(
                Files.createDirectory(folder.resolve("small")),
                "2m",
                "a full repository and a safety backup elsewhere");
        if (mounted.isEmpty()) {
            return;
        }
        try (SmallDisk disk = mounted.get()) {
            Cli small = Cli.of(shop, disk.folder());
            String there = small.run("backup").well().lastLine();
            shop.must("CREATE TABLE big AS SELECT 1 AS a WHERE false; DROP TABLE big; INSERT INTO people"
                    + " SELECT i, gen_random_uuid()::text || gen_random_uuid() FROM generate_series(1000, 90000) i");
            Ran full = small.run("restore", there, "--yes");
            Failures.assertClear(full, 2);
            assertThat(full.err()).contains("--safety-to");
            small.run("restore", there, "--safety-to", folder.resolve("roomy").toString(), "--yes")
                    .well();
            assertThat(small.run("compare", there).well().out()).contains("0 tables differ");
            assertThat(Files.exists(folder.resolve("roomy"))).isTrue();
        }
    }

    @Test
    void anotherDatabaseIsPutBackOnlyWhenItsNameIsTyped() {
        try (TestDatabase copy = shop.server().database(shop.name() + "_copy")) {
            cli.run("restore", backup, "--into", copy.name()).well();
            Map<String, String> whole = IndependentRows.of(copy);
            copy.must(DAMAGE + "; INSERT INTO log VALUES (7)");
            Map<String, String> damagedCopy = IndependentRows.of(copy);
            Map<String, String> damaged = IndependentRows.of(shop);
            Ran refused = cli.run("restore", backup, "--onto", copy.name(), "--yes");
            assertThat(refused.exit()).isEqualTo(2);
            assertThat(refused.err()).contains("--confirm");
            assertThat(IndependentRows.of(copy)).isEqualTo(damagedCopy);

            Ran ran = cli.run("restore", backup, "--onto", copy.name(), "--confirm", copy.name(), "--json")
                    .well();
            assertThat(IndependentRows.of(copy)).isEqualTo(whole);
            assertThat(IndependentRows.of(shop)).isEqualTo(damaged);
            assertThat(cli.run("rollback", "--yes").err())
                    .contains("there is no restore or guarded command of database " + shop.name());

            Cli ofCopy = Cli.of(copy, folder.resolve("usual"));
            ofCopy.run("rollback", "--yes").well();
            assertThat(IndependentRows.of(copy)).isEqualTo(damagedCopy);
            assertThat(ran.json().string("safety_backup")).startsWith(copy.name() + "/");
        }
    }

    @Test
    void eachTableComesBackByItselfAndTheOthersAreNamed() {
        shop.must("DELETE FROM orders WHERE person = 77; DELETE FROM people WHERE id = 77");
        String people = shop.must("SELECT count(*) FROM people");
        Ran together = cli.run("restore", backup, "--table", "orders", "--table", "log", "--yes");
        Failures.assertClear(together, 3);
        assertThat(shop.must("SELECT count(*) FROM log")).isEqualTo("0");

        Ran each = cli.run("restore", backup, "--table", "orders", "--table", "log", "--each", "--yes");
        assertThat(each.exit()).isEqualTo(3);
        assertThat(each.err()).contains("table orders: ", "orders_person_fkey");
        assertThat(each.out()).contains("public.log: 100 rows inserted");
        assertThat(shop.must("SELECT count(*) FROM log")).isEqualTo("100");
        assertThat(shop.must("SELECT count(*) FROM people")).isEqualTo(people);

        JsonObject json = cli.run("restore", backup, "--table", "orders", "--table", "log", "--each", "--yes", "--json")
                .json();
        assertThat(json.objects("tables", table -> table.string("table") + " " + table.flag("done")))
                .containsExactly("log true", "orders false");
        assertThat(cli.run("restore", backup, "--table", "log", "--each").exit())
                .isEqualTo(2);
    }

    @Test
    void whatCannotBeMeantIsRefused() {
        for (List<String> wrong : List.of(
                List.of("--max-block", "soon"),
                List.of("--safety-to", "x", "--no-safety-backup"),
                List.of("--each"),
                List.of("--onto", "nosuch", "--confirm", "nosuch"),
                List.of("--onto", "a", "--into", "b"),
                List.of("--into", "b", "--dry-run"),
                List.of("--no-owner"),
                List.of("--max-block", "1s", "--swap"))) {
            List<String> command = new java.util.ArrayList<>(List.of("restore", backup, "--yes"));
            command.addAll(wrong);
            Failures.assertClear(cli.run(command.toArray(String[]::new)), 2);
        }
        assertThat(cli.run("restore", backup, "--table", "log", "--each", "--json")
                        .json()
                        .object("error")
                        .string("hint"))
                .contains("--yes");
    }
}
