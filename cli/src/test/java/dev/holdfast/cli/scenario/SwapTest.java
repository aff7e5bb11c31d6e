package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.json.JsonObject;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.OldestAndNewestPostgres;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.restore.SwapStep;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged database is exchanged for its backup: it is kept, a safety backup has it, too, and the next backup simply works. */
final class SwapTest {
    private static final String SCHEMA = """
            CREATE TABLE orders (id int PRIMARY KEY, total numeric);
            INSERT INTO orders SELECT i, i * 1.5 FROM generate_series(1, 1000) i;
            CREATE TABLE lines (id serial PRIMARY KEY, of_order int REFERENCES orders);
            INSERT INTO lines (of_order) SELECT i FROM generate_series(1, 1000) i;
            """;
    private static final String DAMAGE = "UPDATE orders SET total = 0; TRUNCATE lines; DROP TABLE lines";

    @TempDir
    private Path folder;

    private static TestDatabase kept(TestDatabase shop, String id) {
        return shop.server().database(shop.name() + "_before_" + id);
    }

    private static List<String> ids(Cli cli) {
        return cli.run("list", "--json").well().json().objects("backups", each -> each.string("id"));
    }

    @OldestAndNewestPostgres
    void theBackupTakesThePlaceAndTheDamagedDatabaseIsKeptTwice(TestServer server) {
        try (TestDatabase shop = server.fresh()) {
            shop.must(SCHEMA);
            Map<String, String> good = IndependentRows.of(shop);
            Cli cli = Cli.of(shop, folder);
            String id = cli.run("backup").well().lastLine();
            shop.must(DAMAGE);
            Map<String, String> bad = IndependentRows.of(shop);

            JsonObject report =
                    cli.run("restore", id, "--swap", "--yes", "--json").well().json();

            assertThat(IndependentRows.of(shop)).isEqualTo(good);
            try (TestDatabase kept = kept(shop, id);
                    TestDatabase copy = server.database(shop.name() + "_copy")) {
                assertThat(report.string("kept_as")).isEqualTo(kept.name());
                assertThat(report.flag("done")).isTrue();
                assertThat(IndependentRows.of(kept)).isEqualTo(bad);
                cli.run("restore", report.string("safety_backup"), "--into", copy.name())
                        .well();
                assertThat(IndependentRows.of(copy)).isEqualTo(bad);
                assertThat(report.string("to_remove_it")).contains("DROP DATABASE", kept.name());
                server.must("postgres", report.string("to_remove_it"));
                assertThat(kept.exists()).isFalse();
            }
            Ran next = cli.run("backup").well();
            assertThat(next.err()).contains("backup " + shop.name() + "/").doesNotContain("--same-source");
            assertThat(ids(cli)).hasSize(3);
            cli.run("verify").well();
        }
    }

    @Test
    void itCanBeDoneAgainAndTakenBack() {
        try (TestDatabase shop = TestServers.newest().fresh()) {
            shop.must(SCHEMA);
            Cli cli = Cli.of(shop, folder);
            String id = cli.run("backup").well().lastLine();
            shop.must(DAMAGE);
            Map<String, String> bad = IndependentRows.of(shop);
            String safety = cli.run("restore", id, "--swap", "--yes", "--json")
                    .well()
                    .json()
                    .string("safety_backup");

            Ran again = cli.run("restore", safety, "--swap", "--yes").well();
            assertThat(again.out()).contains("rows that were written after the safety backup are only there");
            assertThat(IndependentRows.of(shop)).isEqualTo(bad);

            kept(shop, id).close();
            kept(shop, safety.substring(safety.indexOf('/') + 1)).close();
        }
    }

    /** POSTGRES.md E3: nobody is left to a planner that knows nothing. */
    @OldestAndNewestPostgres
    void theTablesAreAnalyzedBeforeTheyAreAnybodys(TestServer server) {
        try (TestDatabase shop = server.fresh()) {
            shop.must(SCHEMA);
            Cli cli = Cli.of(shop, folder);
            String id = cli.run("backup").well().lastLine();
            When finished = When.at(SwapStep.EXCHANGE, () -> {
                String unfinished = server.databases().stream()
                        .filter(name -> name.startsWith("holdfast_restore_"))
                        .findFirst()
                        .orElseThrow();
                assertThat(
                                server.must(
                                        unfinished,
                                        "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                                                + " AND relkind = 'r' AND NOT EXISTS (SELECT 1 FROM pg_statistic WHERE starelid = oid)"))
                        .isEqualTo("0");
            });
            cli.run(finished, "restore", id, "--swap", "--yes").well();
            assertThat(finished.happened()).isTrue();
            kept(shop, id).close();
        }
    }

    @Test
    void withoutYesThePlanIsPrintedAndNothingIsChanged() {
        try (TestDatabase shop = TestServers.newest().fresh()) {
            shop.must(SCHEMA);
            Cli cli = Cli.of(shop, folder);
            String id = cli.run("backup").well().lastLine();
            shop.must(DAMAGE);
            Map<String, String> bad = IndependentRows.of(shop);
            List<String> databases = shop.server().databases();

            Ran plan = cli.run("restore", id, "--swap");
            assertThat(plan.exit()).isEqualTo(2);
            assertThat(plan.out())
                    .contains("in the place of database " + shop.name(), "2 tables, 2,000 rows")
                    .contains(shop.name() + "_before_" + id, "connected now: nobody")
                    .contains("written after the safety backup stay in " + shop.name() + "_before_" + id + " alone");
            assertThat(plan.err()).contains("nothing was changed").contains("--yes");
            Ran json = cli.run("restore", id, "--swap", "--json");
            assertThat(json.exit()).isEqualTo(2);
            assertThat(json.json().flag("changed")).isFalse();
            assertThat(json.json().object("plan").count("rows")).isEqualTo(2000);
            assertThat(cli.run("restore", id, "--swap", "--yes", "--dry-run").exit())
                    .isZero();

            assertThat(IndependentRows.of(shop)).isEqualTo(bad);
            assertThat(shop.server().databases()).isEqualTo(databases);
            assertThat(ids(cli)).containsExactly(id);
            assertThat(folder.resolve("journal/open")).isEmptyDirectory();
        }
    }
}
