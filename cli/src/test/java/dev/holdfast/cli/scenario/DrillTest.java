package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.json.JsonObject;
import dev.holdfast.postgres.testing.OldestAndNewestPostgres;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A good backup passes its drill, a broken one does not. */
@Timeout(180)
final class DrillTest {
    @TempDir
    private Path folder;

    @OldestAndNewestPostgres
    void aDatabaseOfEverythingPassesWithNoCheckUndone(TestServer server) {
        try (TestDatabase shop = server.fresh()) {
            SampleDatabase.fill(shop);
            Cli cli = Cli.of(shop, folder);
            String backup = cli.run(
                            "backup",
                            "--record",
                            "SELECT current_database()",
                            "--record",
                            "SELECT count(*) FROM pg_extension")
                    .well()
                    .lastLine();
            Ran ran = cli.run("drill", backup);
            assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
            assertThat(ran.out())
                    .contains("sandbox  PostgreSQL " + server.major(), "shown: the sandbox is not the source")
                    .contains("passed   rows         every table has the rows that were backed up")
                    .contains("passed   schema       the schema is the one that was backed up")
                    .contains("0 failed, 0 undone");
            JsonObject run = cli.run("journal", "--kind", "drill", "--json")
                    .well()
                    .json()
                    .objects("runs", each -> each)
                    .get(0);
            assertThat(run.string("ending")).isEqualTo("pass");
            assertThat(run.string("backup")).isEqualTo(backup);
        }
    }

    /** It is made again with no search path, as pg_dump would make it, so its function does not find the table; since 17 no source has one. */
    @Test
    void aViewThatDependsOnTheSearchPathIsNamed() {
        TestServer oldest = TestServers.each().get(0);
        assumeTrue(oldest.major() < 17, "not tested: there is no server older than 17 here");
        try (TestDatabase shop = oldest.fresh()) {
            shop.must("""
                    CREATE SCHEMA s; CREATE TABLE s.t AS SELECT 1 AS i;
                    CREATE FUNCTION s.total() RETURNS bigint LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT sum(i) FROM t); END';
                    SET search_path = s; CREATE MATERIALIZED VIEW s.v AS SELECT s.total() AS total;
                    """);
            Cli cli = Cli.of(shop, folder);
            cli.run("backup").well();
            Ran ran = cli.run("drill");
            assertThat(ran.exit()).as(ran.out() + ran.err()).isEqualTo(1);
            assertThat(ran.out()).contains("FAILED   views        ").contains("\"s\".\"v\"");
        }
    }

    @Test
    void whatIsDamagedOrDoesNotAnswerAsItShouldFails() throws IOException {
        try (TestDatabase shop = TestServers.newest().fresh()) {
            shop.must("CREATE TABLE t AS SELECT i, md5(i::text) AS v FROM generate_series(1, 5000) i");
            Cli cli = Cli.of(shop, folder);
            cli.run("backup").well();
            Ran asked = cli.run(
                    "drill",
                    "--json",
                    "--check",
                    "SELECT count(*) = 5000 FROM t",
                    "--check",
                    "SELECT count(*) = 1 FROM t");
            assertThat(asked.exit()).isEqualTo(1);
            assertThat(asked.json().objects("checks", check -> check).stream()
                            .filter(check -> check.string("name").equals("question"))
                            .map(check -> check.string("verdict") + " " + check.string("found")))
                    .containsExactly("pass t", "fail f");
            damageEachPack();
            Ran damaged = cli.run("drill", "latest");
            assertThat(damaged.exit()).as(damaged.out() + damaged.err()).isEqualTo(1);
            assertThat(damaged.out())
                    .contains("FAILED   restore      the backup is restored without an error")
                    .contains("undone   rows         every table");
        }
    }

    private void damageEachPack() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("packs"))) {
            for (Path pack : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(pack);
                bytes[bytes.length / 3] ^= 0x10;
                pack.toFile().setWritable(true);
                Files.write(pack, bytes);
            }
        }
    }
}
