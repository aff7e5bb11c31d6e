package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.cli.Cli;
import dev.holdfast.json.JsonObject;
import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two years later somebody asks: which version of the program was this, who released it, and which migrations had the database seen? */
final class WhatStoodAroundTest {
    private static final String COMMIT = "3f2a91c0d4e5f60718293a4b5c6d7e8f90a1b2c3";

    @TempDir
    private Path folder;

    private Path sources = Path.of("");

    private String git(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("git", "-C", sources.toString(), "-c", "user.name=Ada", "-c", "user.email=a@b"));
        command.addAll(List.of(arguments));
        Programs.Result result = Programs.run(command);
        assertThat(result.exit()).as(result.errors()).isZero();
        return result.text().strip();
    }

    private String release() throws IOException {
        sources = Files.createDirectory(folder.resolve("sources"));
        git("init", "--quiet", "--initial-branch=main");
        git("commit", "--quiet", "--allow-empty", "-m", "one");
        return git("rev-parse", "HEAD");
    }

    private static void migrate(TestDatabase shop) {
        shop.must("CREATE TABLE _sqlx_migrations (version bigint PRIMARY KEY, description text NOT NULL,"
                + " installed_on timestamptz NOT NULL DEFAULT now(), success boolean NOT NULL, checksum bytea NOT NULL,"
                + " execution_time bigint NOT NULL); INSERT INTO _sqlx_migrations SELECT v, 'x', now(), v < 3, '', 0"
                + " FROM generate_series(1, 3) v");
    }

    private Cli cli(TestDatabase shop) {
        return Cli.of(shop, folder.resolve("backups"));
    }

    @EachPostgres
    void showTellsGitTheCiRunAndTheMigrations(TestServer server) throws IOException {
        assumeTrue(Programs.isHere("git", "that show tells branch and commit"));
        String commit = release();
        Files.writeString(sources.resolve("note"), "not committed");
        try (TestDatabase shop = server.fresh()) {
            migrate(shop);
            cli(shop)
                    .with("CIRCLECI", "true")
                    .with("CIRCLE_BUILD_NUM", "99")
                    .with("CIRCLE_BUILD_URL", "https://ada:canary@ci.test/99?token=canary")
                    .in(sources)
                    .run("backup")
                    .well();

            assertThat(cli(shop).run("show", "latest").well().out().lines())
                    .contains(
                            "git          main " + commit.substring(0, 10) + ", with uncommitted changes",
                            "ci           circleci run 99, https://ci.test/99",
                            "migrations   sqlx 2 (2 applied; 1 failed: 3) in public._sqlx_migrations");
            JsonObject project =
                    cli(shop).run("show", "latest", "--json").well().json().object("project");
            assertThat(project.object("git"))
                    .isEqualTo(new JsonObject()
                            .put("branch", "main")
                            .put("commit", commit)
                            .put("dirty", true));
            assertThat(project.object("ci").string("run")).isEqualTo("99");
            assertThat(project.objects("migrations", Function.identity()))
                    .containsExactly(new JsonObject()
                            .put("tool", "sqlx")
                            .put("table", "public._sqlx_migrations")
                            .put("latest", "2")
                            .put("applied", 2)
                            .put("failed", 1)
                            .put("failed_versions", List.of("3")));
            assertThat(everyHead()).doesNotContain("canary");
        }
    }

    private String everyHead() throws IOException {
        var heads = new StringBuilder();
        try (var files = Files.walk(folder.resolve("backups/backups"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                heads.append(Files.readString(file));
            }
        }
        return heads.toString();
    }

    @Test
    void whatWasLookedForAndNotFoundIsToldAsThat() {
        try (TestDatabase shop = TestServers.newest().fresh()) {
            shop.must("CREATE TABLE t AS SELECT 1 AS a");
            cli(shop).in(folder).run("backup").well();
            assertThat(cli(shop).run("show", "latest").well().out().lines())
                    .contains("git          not known: no repository", "migrations   no tool's table found")
                    .noneMatch(line -> line.startsWith("ci "));
        }
    }

    @Test
    void withoutGitABackupIsTakenAllTheSameAndTheCiSaysTheCommit() {
        try (TestDatabase shop = TestServers.newest().fresh()) {
            cli(shop)
                    .with("PATH", shop.server().programs().toString())
                    .with("BUILDKITE", "true")
                    .with("BUILDKITE_BRANCH", "main")
                    .with("BUILDKITE_COMMIT", COMMIT)
                    .run("backup")
                    .well();
            assertThat(cli(shop).run("show", "latest").well().out().lines())
                    .contains("git          not known: no git", "ci           buildkite of main at 3f2a91c0d4");
        }
    }

    /** The rows of such a table could not be backed up either. */
    @Test
    void aHistoryThatTheRoleMayNotReadStopsTheBackupLikeAnyOtherTable() {
        TestServer server = TestServers.newest();
        try (TestDatabase shop = server.fresh()) {
            migrate(shop);
            shop.must("CREATE ROLE " + shop.name() + "_reader LOGIN; GRANT CONNECT ON DATABASE " + shop.name() + " TO "
                    + shop.name() + "_reader");
            var ran = cli(shop)
                    .with("HOLDFAST_DB", shop.url().replace("postgres@", shop.name() + "_reader@"))
                    .run("backup");
            shop.must("DROP OWNED BY " + shop.name() + "_reader; DROP ROLE " + shop.name() + "_reader");
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(ran.err()).contains("_sqlx_migrations");
        }
    }
}
