package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.json.JsonObject;
import dev.holdfast.postgres.testing.ForeignDumps;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A dump that somebody made is tried, and the answer is an exit code that a nightly job can trust. */
@Timeout(120)
final class DrillDumpTest {
    @TempDir
    private Path folder;

    @TempDir
    private Path repository;

    @Test
    void aWholeDumpPassesAndIsOnRecord() {
        try (TestDatabase shop = TestServers.newest().fresh()) {
            ForeignDumps.fill(shop);
            Cli cli = Cli.of(shop, repository);
            cli.run("backup").well();
            Path dump = new ForeignDumps(shop, folder).make("shop.dump", "-Fc");
            Ran ran = cli.run("drill", "--file", dump.toString(), "--check", "SELECT count(*) = 300 FROM t");
            assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
            assertThat(flat(ran))
                    .contains("sandbox PostgreSQL", "made: role postgres, as a placeholder")
                    .contains("passed read ", "passed restore ", "passed rows ", "356 rows in 6 tables")
                    .contains("passed indexes ", "passed sequences ", "passed views ", "passed question ")
                    .contains("drill of " + dump + ": passed", "0 failed, 0 undone;");
            JsonObject run = cli.run("journal", "--kind", "drill", "--json")
                    .well()
                    .json()
                    .objects("runs", each -> each)
                    .get(0);
            assertThat(run.string("ending")).isEqualTo("pass");
            assertThat(run.string("source")).isEqualTo("dumps");
        }
    }

    @Test
    void whatIsMissingOrWrongFailsAndWhatCannotBeToldIsUndone() {
        try (TestDatabase shop = TestServers.newest().fresh()) {
            shop.must("CREATE TABLE t(i int PRIMARY KEY); INSERT INTO t SELECT generate_series(1, 100)");
            Cli cli = Cli.of(shop, repository.resolve("none"));
            var dumps = new ForeignDumps(shop, folder);
            Path plain = dumps.make("shop.sql");

            Ran cut = cli.run(
                    "drill",
                    "--file",
                    ForeignDumps.cut(plain, plain.toFile().length() - 1).toString());
            assertThat(cut.exit()).isEqualTo(1);
            assertThat(flat(cut))
                    .contains(
                            "not on record: there is no repository", "FAILED read ", "undone restore ", "undone rows ");

            Path twice = ForeignDumps.changed(plain, "twice.sql", text -> text.replace("\n7\n", "\n8\n"));
            Ran wrong = cli.run("drill", "--json", "--file", twice.toString());
            assertThat(wrong.exit()).isEqualTo(1);
            assertThat(wrong.json().string("verdict")).isEqualTo("fail");
            assertThat(wrong.json().objects("checks", each -> each).stream()
                            .filter(each -> each.string("verdict").equals("fail"))
                            .map(each -> each.string("name") + ": " + each.string("found")))
                    .singleElement()
                    .asString()
                    .startsWith("restore: 1 error: could not create unique index");

            Path needy = ForeignDumps.changed(
                    plain,
                    "needy.sql",
                    text -> text.replaceFirst(
                            "CREATE TABLE",
                            "CREATE EXTENSION IF NOT EXISTS nowhere WITH SCHEMA public;\n\nCREATE TABLE"));
            Ran lacking = cli.run("drill", "--file", needy.toString());
            assertThat(lacking.exit()).isEqualTo(2);
            assertThat(flat(lacking)).contains("the sandbox has no extension nowhere", "0 failed, 2 undone;");

            Ran schema = cli.run(
                    "drill", "--file", dumps.make("schema.sql", "--schema-only").toString());
            assertThat(schema.exit()).isEqualTo(2);
            assertThat(flat(schema)).contains("undone rows ", "--schema-only");
            assertThat(Files.exists(repository.resolve("none"))).isFalse();
        }
    }

    @Test
    void whatIsNoDumpIsRefusedInOneLine() throws IOException {
        try (TestDatabase shop = TestServers.newest().fresh()) {
            Cli cli = Cli.of(shop, repository);
            Path other = Files.writeString(folder.resolve("other.sql"), "-- MySQL dump 10.13\n");
            refused(cli.run("drill", "--file", other.toString()), "is no dump of PostgreSQL: it is one of MySQL");
            refused(cli.run("drill", "--file", folder.resolve("gone").toString()), "there is no such file");
            refused(cli.run("drill", "latest", "--file", other.toString()), "a backup and a file");
            refused(
                    cli.run("drill", "--file", other.toString(), "--sandbox", shop.url()),
                    "is not restored into a server");
            refused(cli.run("drill", "--as-superuser"), "--as-superuser is for dumps");
        }
    }

    /** On one line, whatever its width. */
    private static String flat(Ran ran) {
        return ran.out().replaceAll("\\s+", " ");
    }

    private static void refused(Ran ran, String why) {
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains(why);
        assertThat(ran.err().lines().filter(line -> !line.startsWith("hint: "))).hasSize(1);
    }

    @Test
    void theNewestOfAFolderIsTakenEvenIfItIsBroken() throws IOException {
        try (TestDatabase shop = TestServers.newest().fresh()) {
            shop.must("CREATE TABLE t AS SELECT 1 AS i");
            Cli cli = Cli.of(shop, repository);
            var dumps = new ForeignDumps(shop, folder);
            aged(dumps.make("old.dump", "-Fc"), 3000);
            Path directory = dumps.make("new.directory", "-Fd");
            aged(directory.resolve("toc.dat"), 2000);
            for (String beside : List.of(".hidden", "next.dump.part", "new.sha256")) {
                aged(Files.writeString(folder.resolve(beside), "x"), 1000);
            }
            Files.writeString(folder.resolve("growing.dump"), "x");
            Ran ran = cli.run("drill", "-v", "--latest-in", folder.toString());
            assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
            assertThat(flat(ran))
                    .contains("drill of " + directory + ": passed")
                    .contains("passed over: .hidden", "passed over: next.dump.part", "passed over: new.sha256")
                    .contains("passed over: growing.dump, which was changed just now");

            aged(Files.writeString(folder.resolve("newest.dump"), ""), 500);
            refused(
                    cli.run("drill", "--latest-in", folder.toString()),
                    "newest.dump is no dump of PostgreSQL: it is empty");
            refused(
                    cli.run("drill", "--latest-in", repository.resolve("gone").toString()),
                    "is no folder that can be read");
        }
    }

    private static void aged(Path file, long seconds) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(seconds)));
    }
}
