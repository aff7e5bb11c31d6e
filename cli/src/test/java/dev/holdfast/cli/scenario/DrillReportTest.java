package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.cli.Reports;
import dev.holdfast.json.JsonObject;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** What a drill showed is read elsewhere, and afterwards: in files for CI and for people, in the list of backups, in the backup itself. */
@Timeout(180)
final class DrillReportTest {
    @TempDir
    private Path folder;

    @TempDir
    private Path reports;

    private Ran drill(Cli cli, String... more) {
        return cli.run(Stream.concat(
                        Stream.of("drill", "latest", "--junit", "drill.xml", "--html", "drill.html"), Stream.of(more))
                .toArray(String[]::new));
    }

    private Document junit() throws IOException {
        return Reports.junit(Files.readAllBytes(reports.resolve("drill.xml")));
    }

    private String page() throws IOException {
        return Reports.read(Files.readAllBytes(reports.resolve("drill.html")))
                .getDocumentElement()
                .getTextContent();
    }

    private static JsonObject lastDrill(Cli cli, String... command) {
        JsonObject json = cli.run(command).well().json();
        return json.has("backups")
                ? json.objects("backups", backup -> backup).get(0).object("last_drill")
                : json.object("last_drill");
    }

    @Test
    void aDrillThatPassedAndThenFailedIsToldEverywhere() throws IOException {
        try (TestDatabase shop = TestServers.newest().fresh()) {
            shop.must("CREATE TABLE t AS SELECT i, md5(i::text) AS v FROM generate_series(1, 5000) i");
            Cli cli = Cli.of(shop, folder).in(reports);
            String id = cli.run("backup").well().lastLine();
            assertThat(cli.run("list").well().out()).contains("never");
            assertThat(cli.run("show", id).well().out()).contains("drilled      never: 'holdfast drill' shows whether");

            drill(cli).well();
            assertThat(Reports.all(junit(), "testcase")).hasSizeGreaterThan(6);
            assertThat(Reports.all(junit(), "failure")).isEmpty();
            assertThat(page())
                    .contains("This backup comes back", shop.name() + "/" + id, "SHA-256 of its head", "5,000")
                    .contains(System.getProperty("user.name"));
            assertThat(cli.run("list").well().out()).contains("just now; restored in ");
            assertThat(cli.run("show", id).well().out()).contains("drilled      passed just now; restored in ");
            assertThat(lastDrill(cli, "list", "--json")).isEqualTo(lastDrill(cli, "show", id, "--json"));
            assertThat(lastDrill(cli, "list", "--json").string("verdict")).isEqualTo("pass");

            Ran failed = drill(cli, "--check", "SELECT count(*) = 1 FROM t", "-v");
            assertThat(failed.exit()).isEqualTo(1);
            assertThat(failed.out()).containsPattern("FAILED +\\d+ ms {2}question {5}SELECT count");
            assertThat(Reports.all(junit(), "failure").get(0).getAttribute("message"))
                    .isEqualTo("expected true, found f");
            assertThat(page()).contains("not all is as it should be: 1 of ");
            assertThat(cli.run("list").well().out()).contains("FAILED just now, passed just now; restored in ");
            assertThat(lastDrill(cli, "show", id, "--json").string("verdict")).isEqualTo("fail");
            assertThat(lastDrill(cli, "show", id, "--json").has("last_passed")).isTrue();
        }
    }

    @Test
    void aDrillThatWasInterruptedIsNoSuccessInItsFilesAndDoesNotCountAfterwards() throws IOException {
        try (TestDatabase shop = TestServers.newest().fresh()) {
            shop.must("CREATE TABLE t AS SELECT generate_series(1, 1000) AS a");
            Cli cli = Cli.of(shop, folder).in(reports);
            String id = cli.run("backup").well().lastLine();
            drill(cli).well();
            String xml = reports.resolve("drill.xml").toString();
            String html = reports.resolve("drill.html").toString();
            Ran interrupted = cli.start("drill/COMPARE:signal=INT", "drill", "latest", "--junit", xml, "--html", html)
                    .await();
            assertThat(interrupted.exit()).as(interrupted.err()).isEqualTo(130);
            assertThat(Reports.all(junit(), "error").get(0).getAttribute("message"))
                    .contains("interrupted");
            assertThat(page()).contains("it is not shown that this backup comes back");
            assertThat(cli.run("show", id).well().out()).contains("drilled      passed just now; restored in ");

            Ran none = drill(cli, "--db", shop.server().url("postgres"));
            assertThat(none.exit()).isEqualTo(2);
            assertThat(Reports.all(junit(), "error").get(0).getAttribute("message"))
                    .startsWith("no ");
        }
    }

    @Test
    void filesThatCannotBeWrittenAreRefusedBeforeTheDrill() throws IOException {
        try (TestDatabase shop = TestServers.newest().fresh()) {
            Cli cli = Cli.of(shop, folder).in(reports);
            cli.run("backup").well();
            for (List<String> options :
                    List.of(List.of("--html", "nosuch/drill.html"), List.of("--junit", "one", "--html", "./one"))) {
                Ran ran = cli.run(
                        Stream.concat(Stream.of("drill"), options.stream()).toArray(String[]::new));
                assertThat(ran.exit()).isEqualTo(2);
                assertThat(ran.err()).startsWith("holdfast: --").contains("hint: name ");
            }
            assertThat(cli.run("journal", "--kind", "drill", "--json")
                            .well()
                            .json()
                            .objects("runs", run -> run))
                    .isEmpty();
            try (Stream<Path> files = Files.list(reports)) {
                assertThat(files).isEmpty();
            }
        }
    }

    @Test
    void passwordsInQuestionsGetNowhere() throws IOException {
        try (TestDatabase shop = TestServers.newest().fresh()) {
            Cli cli = Cli.of(shop, folder).in(reports);
            String id = cli.run("backup", "-m", "from postgresql://app:geheim@db/shop")
                    .well()
                    .lastLine();
            String question = "SELECT 'postgresql://app:geheim@db/shop' = 'password=geheim'";
            Ran text = drill(cli, "--check", question);
            Ran json = drill(cli, "--json", "--check", question, "--check", "SELECT 'password=geheim'::int");
            assertThat(text.exit()).isEqualTo(1);
            assertThat(text.out() + text.err() + json.out() + json.err())
                    .contains("://app:***@db")
                    .doesNotContain("geheim");
            try (Stream<Path> journal = Files.walk(folder.resolve("journal"))) {
                for (Path file : Stream.concat(
                                journal.filter(path -> path.toString().contains("-drill-" + id)),
                                Stream.of(reports.resolve("drill.xml"), reports.resolve("drill.html")))
                        .toList()) {
                    assertThat(file).content().contains("***").doesNotContain("geheim");
                }
            }
        }
    }
}
