package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.json.JsonObject;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is asked for wrongly: exit code 2, one line that says what, one that says what to do, and nothing has changed. */
final class ExitCodesTest {
    private static final String SECRET = "canary-5Hx!k";

    @TempDir
    private Path folder;

    private static void assertRefused(Cli cli, String code, String... arguments) {
        Ran ran = cli.run(arguments);
        Failures.assertClear(ran, 2);
        assertThat(ran.err()).doesNotContain(SECRET);

        List<String> more = new ArrayList<>(List.of(arguments));
        more.add("--json");
        Ran json = cli.run(more.toArray(String[]::new));
        assertThat(json.exit()).isEqualTo(2);
        JsonObject error = json.json().object("error");
        assertThat(error.string("code")).isEqualTo(code);
        assertThat(error.string("message")).isNotBlank();
        assertThat(error.string("hint")).isNotBlank();
        assertThat(json.out() + json.err()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "backup --nonsense",
                "backup --jobs 0",
                "backup --jobs x",
                "backup --kind guard",
                "show",
                "restore",
                "restore x --mode nonsense",
                "restore x --mode upsert",
                "restore x --into y --swap",
                "list --repository"
            })
    void wordsThatAreNotUnderstoodAreRefused(String words) {
        var cli = new Cli(Map.of(
                "HOLDFAST_REPOSITORY",
                folder.resolve("none").toString(),
                "HOLDFAST_DB",
                "postgresql://u@127.0.0.1:1/x"));
        assertRefused(cli, "bad_usage", words.isEmpty() ? new String[0] : words.split(" ", -1));
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "show latest", "verify", "restore latest --into x"})
    void withoutARepositoryNothingIsMade(String words) {
        var cli = new Cli(Map.of("HOLDFAST_REPOSITORY", folder.resolve("none").toString()));
        assertRefused(cli, "no_repository", words.split(" ", -1));
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://h/db",
                "jdbc:postgresql://h/db",
                "nonsense",
                "postgresql://h:notaport/db",
                "postgresql://u:canary-5Hx!k@h:99999/db",
                "postgresql://u:canary-5Hx!k@h/db?nonsense=1",
                "postgresql://u:canary-5Hx!k@h/%zz",
                "postgresql://u:canary-5Hx!k@h/db?port=0",
                "postgresql://u:ab/canary-5Hx!k@h/db",
                "postgresql://u:ab?canary-5Hx!k@h/db",
                "postgresql://u:12/canary-5Hx!k@h/db",
            })
    void aUrlThatIsNoneIsRefused(String url) {
        var cli = new Cli(Map.of("HOLDFAST_REPOSITORY", folder.resolve("none").toString()));
        assertRefused(cli, "bad_usage", "backup", "--db", url);
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void aUrlTypedWhereItDoesNotBelongIsNotRepeatedWithItsPassword() {
        var cli = new Cli(Map.of("HOLDFAST_REPOSITORY", folder.resolve("none").toString()));
        String url = "postgresql://u:" + SECRET + "@h/db";
        assertRefused(cli, "bad_usage", "backup", url);
        assertRefused(cli, "bad_usage", "backup", "--kind", url);
        Ran traced = cli.run("backup", "-vv", "--kind", url);
        assertThat(traced.err()).contains("at dev.holdfast").doesNotContain(SECRET);
    }

    @Test
    void severalHostsAreRefused() {
        var cli = new Cli(Map.of("HOLDFAST_REPOSITORY", folder.resolve("none").toString()));
        assertRefused(cli, "unsupported", "backup", "--db", "postgresql://u:" + SECRET + "@a,b/db");
    }

    @Test
    void aVariableThatChoosesTheServerAndIsNotFollowedIsRefused() {
        for (String variable : new String[] {"PGSERVICE", "PGHOSTADDR", "PGTARGETSESSIONATTRS"}) {
            var cli =
                    new Cli(Map.of("HOLDFAST_REPOSITORY", folder.resolve("none").toString(), variable, "x"));
            assertRefused(cli, "unsupported", "backup", "--db", "postgresql://u@127.0.0.1:1/db");
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsNamed() {
        var cli = new Cli(Map.of("HOLDFAST_REPOSITORY", folder.resolve("none").toString()));
        assertRefused(cli, "unreachable", "backup", "--db", "postgresql://u:" + SECRET + "@127.0.0.1:1/db");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void aDatabaseThatIsNotThereIsNamed() {
        TestServer server = TestServers.newest();
        Cli cli = Cli.of(server.database("not there"), folder);
        Ran ran = cli.run("backup");
        Failures.assertClear(ran, 2);
        assertThat(ran.err()).contains("not there");
    }

    @Test
    void aWrongPasswordIsRefusedAndARightOneIsShownNowhere() throws IOException {
        TestServer server = TestServers.newest();
        Path rules = server.server().folder().resolve("data/pg_hba.conf");
        Files.writeString(rules, "host all secured 127.0.0.1/32 scram-sha-256\n" + Files.readString(rules));
        try (TestDatabase shop = server.fresh()) {
            server.must(
                    "postgres",
                    "SET password_encryption = 'scram-sha-256'; CREATE ROLE secured LOGIN SUPERUSER PASSWORD '" + SECRET
                            + "'; SELECT pg_reload_conf()");
            String place = "@127.0.0.1:" + server.server().port() + "/" + shop.name();
            Cli cli = Cli.of(shop, folder);
            assertRefused(cli, "unreachable", "backup", "--db", "postgresql://secured:wrong" + place);
            assertRefused(cli, "unreachable", "backup", "--db", "postgresql://secured" + place);

            String url = "postgresql://secured:canary-5Hx%21k" + place;
            Ran ran = cli.run("backup", "--db", url, "-v", "-v").well();
            assertThat(ran.out() + ran.err()).doesNotContain(SECRET);
            assertThat(cli.with("PGPASSWORD", SECRET)
                            .run("backup", "--db", "postgresql://secured" + place)
                            .exit())
                    .isZero();
            cli.run("restore", "latest", "--into", shop.name() + "_copy", "--db", url)
                    .well();
            server.database(shop.name() + "_copy").close();
            assertNoFileHolds(folder);
        } finally {
            server.must("postgres", "DROP ROLE IF EXISTS secured");
        }
    }

    private static void assertNoFileHolds(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(SECRET);
            }
        }
    }

    @Test
    void aBackupOrATargetThatIsWrongIsRefused() {
        try (TestDatabase shop = TestServers.newest().fresh();
                TestDatabase other = TestServers.newest().fresh()) {
            shop.must("CREATE TABLE t AS SELECT 1 AS a");
            other.must("CREATE TABLE precious AS SELECT 2 AS b");
            Cli cli = Cli.of(shop, folder);
            String id = cli.run("backup").well().lastLine();
            cli.run("backup").well();

            assertRefused(cli, "no_such_backup", "show", "19990101_000000");
            assertRefused(cli, "no_such_backup", "restore", "nonsense/latest", "--into", "x");
            assertRefused(cli, "no_such_backup", "verify", "../../etc");
            assertRefused(cli, "ambiguous", "show", id.substring(0, 4));
            for (String name : List.of(other.name(), shop.name(), "postgres")) {
                assertRefused(cli, "already_exists", "restore", "latest", "--into", name);
            }
            assertRefused(cli, "bad_usage", "restore", "latest", "--into", "x".repeat(64));
            assertRefused(cli, "bad_usage", "restore", "latest", "--into", " ");
            assertThat(IndependentRows.of(other)).containsOnlyKeys("public.precious");
            assertThat(IndependentRows.of(shop)).containsOnlyKeys("public.t");
        }
    }

    @Test
    void verifyAnswersNoWithTheExitCodeOne() throws IOException {
        try (TestDatabase shop = TestServers.newest().fresh()) {
            shop.must("CREATE TABLE t AS SELECT 1 AS a");
            Cli cli = Cli.of(shop, folder);
            cli.run("backup").well();
            try (var files = Files.walk(folder.resolve("packs"))) {
                Files.delete(files.filter(Files::isRegularFile).findFirst().orElseThrow());
            }
            assertThat(cli.run("verify").exit()).isEqualTo(1);
            Ran json = cli.run("verify", "--json");
            assertThat(json.exit()).isEqualTo(1);
            assertThat(json.json().string("verdict")).isEqualTo("fail");
        }
    }
}
