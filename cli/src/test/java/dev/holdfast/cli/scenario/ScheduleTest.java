package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Launched;
import dev.holdfast.cli.Main;
import dev.holdfast.cli.Ran;
import dev.holdfast.json.JsonObject;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/** Somebody wants a backup each night without being there. */
@Timeout(180)
final class ScheduleTest {
    private static final String SECRET = "canary-5Hx!k";
    private static final String URL = "postgresql://app@db.example/shop";

    @TempDir
    private Path folder;

    private Cli cli(String sources) throws IOException {
        Files.writeString(folder.resolve("holdfast.yml"), "repository: b\nsources:\n" + sources);
        return new Cli(Map.of("HOME", folder.toString(), "PATH", System.getenv("PATH")), folder);
    }

    /** What cron makes of a line: the command, as its shell gets it. */
    private static String command(String crontab, String verb) {
        String line = crontab.lines()
                .filter(each -> !each.startsWith("#") && each.contains(" " + verb + " "))
                .findFirst()
                .orElseThrow();
        assertThat(line).as("cron ends a command at a percent sign").doesNotContainPattern("(?<!\\\\)%");
        return line.split(" ", 6)[5].replace("\\%", "%");
    }

    private static Programs.Result asCron(Path home, String command) {
        return Programs.run(List.of(
                "env",
                "-i",
                "HOME=" + home,
                "LOGNAME=root",
                "SHELL=/bin/sh",
                "PATH=/usr/bin:/bin",
                "/bin/sh",
                "-c",
                command));
    }

    /** A line for cron has an end, and tests may be far down. */
    static final class Near implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
                throws IOException {
            return Files.createTempDirectory(Path.of("/tmp"), "s");
        }
    }

    @Test
    void theLineOfTheCrontabTakesABackupWhereNobodyHasLoggedIn(@TempDir(factory = Near.class) Path near)
            throws IOException {
        Path odd = Files.createDirectories(near.resolve("it's 50% odd"));
        Path home = Files.createDirectories(near.resolve("home"));
        try (TestDatabase shop = TestServers.newest().fresh()) {
            shop.must("CREATE TABLE orders AS SELECT i FROM generate_series(1, 100) i");
            Path config = Files.writeString(
                    odd.resolve("holdfast.yml"), "repository: b\nsources: {shop: {url: \"" + shop.url() + "\"}}");
            var environment = new HashMap<>(shop.server().environment());
            environment.put("HOME", home.toString());
            environment.put("XDG_STATE_HOME", home.resolve("state").toString());
            environment.put("HOLDFAST_CONFIG", config.toString());
            var launched = new Launched(near.resolve("program"), Main.class, environment);
            Ran written = launched.piped("", "schedule", "crontab");
            String command = command(written.well().out(), "backup");
            Programs.Result ran = asCron(home, command);
            Path log = home.resolve("state/holdfast/shop.log");
            assertThat(ran.text() + ran.errors()).as(Files.readString(log)).isEmpty();
            JsonObject backup = new Cli(environment)
                    .run("list", "--json")
                    .well()
                    .json()
                    .objects("backups", each -> each)
                    .get(0);
            assertThat(backup.string("source")).isEqualTo("shop");
            assertThat(backup.string("kind")).isEqualTo("scheduled");
            assertThat(Files.readString(log)).endsWith("\n" + backup.string("id") + "\n");

            Files.writeString(config, "sources: {shop: {url: \"postgresql://u@127.0.0.1:1/shop\"}}");
            assertThat(asCron(home, command).text())
                    .startsWith("holdfast backup of shop ended with 2\n")
                    .contains("127.0.0.1:1");
        }
    }

    @Test
    void timesComeFromOptionsTheFileOrTheDefaultsAndItIsSaidFromWhere() throws IOException {
        Cli cli = cli("  shop: {url: " + URL + ", schedule: {backup: 0 */6 * * *}}\n");
        Ran ran = cli.run("schedule", "crontab", "--drill-at", "0 5 1 * *").well();
        assertThat(ran.out()).contains("\n0 0,6,12,18 * * * ", "\n0 5 1 * * ");
        assertThat(ran.err())
                .contains("backup of shop at '0 0,6,12,18 * * *' (the config file), drill at '0 5 1 * *' (--drill-at)");
        assertThat(cli.run("schedule", "crontab", "--backup-at", "5 2 * * *")
                        .well()
                        .err())
                .contains("'5 2 * * *' (--backup-at), drill at '0 4 * * 0' (default)");
        JsonObject json = cli.run("schedule", "systemd", "--json").well().json();
        assertThat(json.object("backup").string("from")).isEqualTo("the config file");
        assertThat(json.objects("files", each -> each.string("name")))
                .containsExactly(
                        "holdfast-backup-shop.service",
                        "holdfast-backup-shop.timer",
                        "holdfast-drill-shop.service",
                        "holdfast-drill-shop.timer");
    }

    @Test
    void filesAreWrittenOverNoneThatSaySomethingElse() throws IOException {
        Cli cli = cli("  shop: {url: " + URL + "}\n");
        Path units = folder.resolve("units");
        List<String> names = new ArrayList<>();
        for (String kind : List.of("crontab", "systemd", "windows", "kubernetes")) {
            Path to = units.resolve(kind);
            Ran first = cli.run("schedule", kind, "--to", to.toString()).well();
            assertThat(first.out().lines()).allMatch(line -> line.startsWith("wrote " + to + "/holdfast-"));
            assertThat(first.err()).contains("to install it:", to.toString());
            Ran again = cli.run("schedule", kind, "--to", to.toString()).well();
            assertThat(again.out().lines()).isNotEmpty().allMatch(line -> line.startsWith("is there already: "));
            try (var files = Files.list(to)) {
                files.forEach(file -> names.add(file.getFileName().toString()));
            }
        }
        assertThat(names).hasSize(8).allMatch(name -> name.matches("holdfast-.*"));

        Path timer = units.resolve("systemd/holdfast-drill-shop.timer");
        Files.writeString(timer, "mine");
        Files.delete(units.resolve("systemd/holdfast-backup-shop.timer"));
        Ran refused =
                cli.run("schedule", "systemd", "--to", units.resolve("systemd").toString());
        Failures.assertClear(refused, 2);
        assertThat(refused.err()).contains(timer + " is there and says something else");
        assertThat(timer).hasContent("mine");
        assertThat(units.resolve("systemd/holdfast-backup-shop.timer")).doesNotExist();
    }

    @Test
    void aPasswordIsInNoFileAndWhatWouldCarryOneIsRefused() throws IOException {
        Cli cli = cli("  shop: {url: \"postgresql://app:" + SECRET + "@h/shop\"}\n"
                        + "  blog: {url: \"postgresql://app:${BLOG_PASSWORD}@h/blog\"}\n")
                .with("BLOG_PASSWORD", SECRET);
        Files.createDirectory(folder.resolve(".git"));
        for (String kind : List.of("crontab", "systemd", "windows", "github", "kubernetes")) {
            Ran blog = cli.run("schedule", kind, "--db", "blog").well();
            assertThat(blog.out() + blog.err()).doesNotContain(SECRET).contains("BLOG_PASSWORD");
            Ran url = cli.run("schedule", kind, "--db", "postgresql://app:" + SECRET + "@h/shop");
            Failures.assertClear(url, 2);
            assertThat(url.err()).contains("holds a password", "~/.pgpass").doesNotContain(SECRET);
        }
        for (String kind : List.of("crontab", "systemd", "windows")) {
            Ran shop = cli.run("schedule", kind, "--db", "shop").well();
            assertThat(shop.out() + shop.err()).doesNotContain(SECRET);
        }
        for (String kind : List.of("github", "kubernetes")) {
            Ran shop = cli.run("schedule", kind, "--db", "shop");
            Failures.assertClear(shop, 2);
            assertThat(shop.err())
                    .contains("holds a password", "${PGPASSWORD_SHOP}")
                    .doesNotContain(SECRET);
        }
    }

    @Test
    void whatCannotBeScheduledIsRefusedInOneLine() throws IOException {
        Cli cli = cli("  shop: {url: " + URL + "}\n");
        Map<List<String>, String> refused = Map.of(
                List.of("schedule"), "Missing required parameter",
                List.of("schedule", "at"), "Invalid value",
                List.of("schedule", "crontab", "--backup-at", "0 0 30 2 *"), "such a day never comes",
                List.of("schedule", "crontab", "--drill-at", "rubbish"),
                        "'rubbish' is not a cron time: not five fields",
                List.of("schedule", "windows", "--backup-at", "*/15 * * * *"), "48 at most",
                List.of("schedule", "github"), "is in no git project",
                List.of("schedule", "crontab", "--repository", "a\nb"), "control character",
                List.of("schedule", "crontab", "--repository", "x".repeat(900)), "characters",
                List.of(
                                "schedule",
                                "crontab",
                                "--to",
                                folder.resolve("holdfast.yml").toString()),
                        "cannot be written");
        refused.forEach((words, why) -> {
            Ran ran = cli.run(words.toArray(String[]::new));
            Failures.assertClear(ran, 2);
            assertThat(ran.err()).contains(why);
        });
        Ran unnamed = cli.with(
                        "HOLDFAST_CONFIG",
                        Files.writeString(folder.resolve("empty"), "").toString())
                .run("schedule", "crontab");
        Failures.assertClear(unnamed, 2);
        assertThat(unnamed.err()).contains("no URL and no config file names the database");
    }
}
