package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A project with a config file: its databases have names, and whoever works below its folder need say no more. */
@Timeout(180)
final class ConfigFileTest {
    private static final String SECRET = "canary-5Hx!k";

    @TempDir
    private Path folder;

    private final TestDatabase shop = TestServers.newest().fresh();
    private final TestDatabase other = TestServers.newest().fresh();
    private Path project = Path.of("unused");
    private Path below = Path.of("unused");
    private Map<String, String> environment = Map.of();

    @BeforeEach
    void prepare() throws IOException {
        project = Files.createDirectory(folder.resolve("project"));
        below = Files.createDirectories(project.resolve("src/db"));
        environment = new HashMap<>(shop.server().environment());
        environment.put("HOME", folder.resolve("home").toString());
        shop.must("CREATE TABLE orders AS SELECT i FROM generate_series(1, 100) i");
        other.must("CREATE TABLE posts AS SELECT 1 AS a");
        write(project.resolve("holdfast.yml"), "repository: ./backups", source("shop", shop), source("blog", other));
    }

    @AfterEach
    void drop() {
        shop.close();
        other.close();
    }

    private static String source(String name, TestDatabase database) {
        return "  " + name + ":\n    url: " + database.url().replace("postgres@", "postgres:" + SECRET + "@");
    }

    private static void write(Path file, String first, String... sources) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, first + "\nsources:\n" + String.join("\n", sources) + "\n");
    }

    private Cli cli() {
        return new Cli(environment, below);
    }

    private static String source(Ran backup) {
        return backup.well().json().string("source");
    }

    @Test
    void fromAFolderBelowASourceIsBackedUpFoundAndPutBackByItsName() {
        assertThat(source(cli().run("backup", "--db", "shop", "--json"))).isEqualTo("shop");
        String blog = cli().run("backup", "--db", "blog").well().lastLine();
        assertThat(project.resolve("backups/backups/shop")).isDirectory();

        assertThat(cli().run("list").well().out()).contains("shop/", "blog/");
        assertThat(cli().run("list", "--db", "blog").well().out())
                .contains("blog/" + blog)
                .doesNotContain("shop/");
        assertThat(cli().run("show", "latest", "--db", "blog", "--json")
                        .well()
                        .json()
                        .string("id"))
                .isEqualTo(blog);
        shop.must("DELETE FROM orders WHERE i > 50");
        assertThat(cli().run("compare", "latest", "--db", "shop").exit()).isEqualTo(1);
        cli().run("restore", "latest", "--db", "shop", "--yes").well();
        assertThat(shop.must("SELECT count(*) FROM orders")).isEqualTo("100");
        cli().run("rollback", "--db", "shop", "--yes").well();
        assertThat(shop.must("SELECT count(*) FROM orders")).isEqualTo("50");
        cli().run("drill", "latest", "--db", "shop").well();
        assertThat(cli().run("journal", "--source", "shop").well().out()).contains("backup", "restore", "drill");
    }

    @Test
    void aCommandIsGuardedAsTheFileSaysUnlessAnOptionSaysOtherwise() throws IOException {
        write(
                project.resolve("holdfast.yml"),
                "repository: ./backups",
                source("shop", shop)
                        + "\n    guard: {on_failure: rollback, health: [\"test ! -e " + project
                        + "/ill\"], checks: SELECT count(*) > 90 FROM orders}");
        String delete = GuardedShop.psql("DELETE FROM orders WHERE i > 50").replace("$HOLDFAST_DB", shop.url());
        Cli cli = cli();
        Ran taken = cli.run("guard", "--", "sh", "-c", delete);
        assertThat(taken.exit()).as(taken.err()).isEqualTo(122);
        assertThat(taken.err()).contains("SELECT count(*) > 90 FROM orders", "TAKEN BACK");
        assertThat(shop.must("SELECT count(*) FROM orders")).isEqualTo("100");

        Ran kept = cli.run("guard", "--on-failure", "keep", "--", "sh", "-c", delete);
        assertThat(kept.exit()).as(kept.err()).isEqualTo(122);
        assertThat(shop.must("SELECT count(*) FROM orders")).isEqualTo("50");

        shop.must("INSERT INTO orders SELECT i FROM generate_series(51, 100) i");
        String few = delete.replace("50", "95");
        Ran more = cli.run("guard", "--check", "SELECT count(*) > 98 FROM orders", "--", "sh", "-c", few);
        assertThat(more.exit()).as(more.err()).isEqualTo(122);
        Files.createFile(project.resolve("ill"));
        Ran ill = cli.run("guard", "--", "sh", "-c", few);
        assertThat(ill.exit()).as(ill.err()).isEqualTo(122);
        Files.delete(project.resolve("ill"));
        assertThat(shop.must("SELECT count(*) FROM orders")).isEqualTo("100");
        cli.run("guard", "--", "sh", "-c", few).well();
        assertThat(taken.err() + kept.err() + ill.err()).doesNotContain(SECRET);
    }

    @Test
    void optionsGoBeforeVariablesAndTheseBeforeTheFile() throws IOException {
        Path told = folder.resolve("told");
        Path set = folder.resolve("set");
        assertThat(source(cli().with("HOLDFAST_DB", "blog").run("backup", "--db", "shop", "--json")))
                .isEqualTo("shop");
        Ran ran = cli().with("HOLDFAST_DB", "blog")
                .with("DATABASE_URL", shop.url())
                .with("HOLDFAST_REPOSITORY", set.toString())
                .run("backup", "--json");
        assertThat(source(ran)).isEqualTo("blog");
        assertThat(ran.json().string("repository")).isEqualTo(set.toString());
        ran = cli().with("DATABASE_URL", shop.url())
                .with("HOLDFAST_REPOSITORY", set.toString())
                .run("backup", "--json", "--repository", told.toString());
        assertThat(source(ran))
                .isEqualTo(dev.holdfast.repository.SourceName.from(shop.name()).value());
        assertThat(ran.json().string("repository")).isEqualTo(told.toString());

        Path another = folder.resolve("another.yml");
        write(another, "repository: elsewhere", source("only", other));
        ran = cli().with("HOLDFAST_CONFIG", another.toString())
                .with("PGDATABASE", shop.name())
                .run("backup", "--json");
        assertThat(source(ran)).as("the only one").isEqualTo("only");
        assertThat(ran.json().string("repository"))
                .isEqualTo(folder.resolve("elsewhere").toString());
        ran = cli().with("HOLDFAST_CONFIG", another.toString())
                .run("backup", "--config", project.resolve("holdfast.yml").toString(), "--db", "shop", "--json");
        assertThat(ran.json().string("repository"))
                .isEqualTo(project.resolve("backups").toString());
    }

    @Test
    void theNearestFileCountsAndTheUsersOwnWhereThereIsNone() throws IOException {
        write(folder.resolve("home/.config/holdfast/holdfast.yml"), "repository: /nowhere/home", source("mine", shop));
        write(folder.resolve("xdg/holdfast/holdfast.yml"), "repository: ${REPO}", source("xdg", shop));
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Cli cli = cli().in(elsewhere);
        assertThat(cli.run("list").err()).contains("/nowhere/home");
        Ran ran = cli.with("XDG_CONFIG_HOME", folder.resolve("xdg").toString())
                .with("REPO", folder.resolve("here").toString())
                .run("backup", "--json");
        assertThat(source(ran)).isEqualTo("xdg");
        assertThat(cli().run("list").err()).contains(project.resolve("backups").toString());
        write(below.resolve("holdfast.yml"), "repository: near", source("shop", shop));
        assertThat(cli().run("list").err()).contains(below.resolve("near").toString());
    }

    @Test
    void aSourceThatLeadsToAnotherDatabaseIsRefusedUntilAPersonSaysItIsTheSame() throws IOException {
        cli().run("backup", "--db", "shop").well();
        write(project.resolve("holdfast.yml"), "repository: ./backups", source("shop", other));
        Ran refused = cli().run("backup");
        Failures.assertClear(refused, 2);
        assertThat(refused.err()).contains("source shop is another database").contains("holdfast backup --same-source");
        Ran guarded = cli().run("guard", "--", "true");
        assertThat(guarded.exit()).isEqualTo(125);
        Failures.assertClear(cli().run("restore", "latest", "--yes"), 2);
        assertThat(source(cli().run("backup", "--same-source", "--json"))).isEqualTo("shop");
    }

    @Test
    void whoNamesADatabaseLaterIsToldWhereItsOlderBackupsAre() {
        Cli unnamed = cli().with("HOLDFAST_DB", shop.url());
        String before = source(unnamed.run("backup", "--json"));
        Ran none = cli().run("show", "latest", "--db", "shop");
        Failures.assertClear(none, 2);
        assertThat(none.err()).contains("no backup of source 'shop'", before + "/latest");
        assertThat(cli().run("backup", "--db", "shop").well().err())
                .contains("this database has backups as source " + before + ", too; from now on it is shop");
        assertThat(cli().run("backup", "--db", "shop").well().err()).doesNotContain("from now on");
    }

    @Test
    void anotherDatabaseThatIsRestoredOntoKeepsItsOwnName() {
        cli().run("backup", "--db", "shop").well();
        try (TestDatabase copy = shop.server().database(shop.name() + "_copy")) {
            cli().run("restore", "latest", "--db", "shop", "--into", copy.name())
                    .well();
            copy.must("DELETE FROM orders");
            cli().run("restore", "latest", "--db", "shop", "--onto", copy.name(), "--confirm", copy.name())
                    .well();
            assertThat(copy.must("SELECT count(*) FROM orders")).isEqualTo("100");
            assertThat(cli().run("list").well().out())
                    .contains(dev.holdfast.repository.SourceName.from(copy.name()) + "/");
        }
    }

    @Test
    void whatCannotBeMeantIsAnsweredWithWhatCan() throws IOException {
        Ran several = cli().run("backup");
        Failures.assertClear(several, 2);
        assertThat(several.err()).contains("names several sources: shop, blog", "--db NAME");
        Ran unknown = cli().run("backup", "--db", "shpo");
        Failures.assertClear(unknown, 2);
        assertThat(unknown.err())
                .contains("'shpo' is not a source of " + project.resolve("holdfast.yml"), "did you mean shop?");
        Ran nofile = cli().in(folder).run("backup", "--db", "shop");
        Failures.assertClear(nofile, 2);
        assertThat(nofile.err()).contains("'shop' is not a database URL, and there is no holdfast.yml");
        Ran missing = cli().run("list", "--config", "nosuch.yml", "--repository", "x", "--db", shop.url());
        Failures.assertClear(missing, 2);
        assertThat(missing.err()).contains("nosuch.yml cannot be read: it is not there");
        write(project.resolve("holdfast.yml"), "repository: b", "  shop:\n    url: mysql://u:" + SECRET + "@h/shop");
        Ran mysql = cli().run("backup");
        Failures.assertClear(mysql, 2);
        assertThat(mysql.err())
                .contains("the url of source 'shop' is not one of PostgreSQL's")
                .doesNotContain(SECRET);
        Ran json = cli().run("backup", "--json");
        assertThat(json.json().object("error").string("code")).isEqualTo("bad_usage");
    }

    @Test
    void aFileOfSomebodyElseMustBeNamed() throws IOException {
        assumeTrue(System.getProperty("user.name", "").equals("root"), "only root can give a file away");
        Files.setAttribute(project.resolve("holdfast.yml"), "unix:uid", 65534);
        Ran found = cli().run("list");
        Failures.assertClear(found, 2);
        assertThat(found.err()).contains("was found, but it belongs to", "--config " + project.resolve("holdfast.yml"));
        cli().run(
                        "backup",
                        "--db",
                        "shop",
                        "--config",
                        project.resolve("holdfast.yml").toString())
                .well();
    }

    @Test
    void whatIsToBeRecordedIsAskedAgainByADrillWithAllThatIsExpected() throws IOException {
        write(project.resolve("holdfast.yml"), "repository: ./backups", source("shop", shop) + """

                            record: ["SELECT sum(i) FROM orders", "SELECT now()"]
                            drill:
                              required_tables: [orders, nowhere]
                              minimum_rows: {orders: 101}
                              checks: [{sql: "SELECT count(*) FROM orders", expect: 100}, {sql: "SELECT false", expect: false}]
                              sandbox: local
                        """);
        cli().run("backup").well();
        Ran drilled = cli().run("drill", "--json", "--check", "SELECT true");
        assertThat(drilled.exit()).as(drilled.out() + drilled.err()).isEqualTo(1);
        assertThat(drilled.json().objects("checks", check -> check).stream()
                        .filter(check -> Set.of("record", "required", "minimum", "question")
                                .contains(check.string("name")))
                        .map(check -> check.string("verdict") + " " + check.string("what")))
                .containsExactly(
                        "pass SELECT sum(i) FROM orders",
                        "fail SELECT now()",
                        "pass orders is there",
                        "fail nowhere is there",
                        "fail orders has at least 101 rows",
                        "pass SELECT count(*) FROM orders",
                        "pass SELECT false",
                        "pass SELECT true");
    }

    @Test
    void aPasswordInTheFileIsShownAndKeptNowhere() throws IOException {
        Ran ran = cli().run("backup", "--db", "shop", "-v", "-v", "--json").well();
        Ran guarded =
                cli().run("guard", "--db", "shop", "-v", "-v", "--", "true").well();
        assertThat(ran.out() + ran.err() + guarded.err()).doesNotContain(SECRET);
        try (var files = Files.walk(project.resolve("backups"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                        .doesNotContain(SECRET);
            }
        }
    }

    @Test
    void onlyAFileThatIsThereCostsTheReadingOfYaml() throws IOException {
        Path log = folder.resolve("classes");
        Cli logged = new Cli(environment).with("_JAVA_OPTIONS", "-Xlog:class+load:file=" + log);
        for (List<String> words : List.of(List.of("--version"), List.of("list", "--repository", "/nowhere"))) {
            logged.start("", words.toArray(String[]::new)).await();
            assertThat(Files.readString(log))
                    .contains("dev.holdfast.cli.Program")
                    .doesNotContain("snakeyaml");
        }
        logged.start("", "list", "--config", project.resolve("holdfast.yml").toString())
                .await();
        assertThat(Files.readString(log)).contains("snakeyaml");
    }
}
