package dev.holdfast.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What is written for GitHub and Kubernetes is YAML of the shape that they document. */
final class YamlSchedulesTest {
    private static final Nightly NAMED = Nights.named(Path.of("/opt/holdfast"), Nights.DAILY, Nights.SUNDAYS);
    private static final Nightly BY_URL = Nights.byUrl(Path.of("/opt/holdfast"));

    @TempDir
    private Path folder;

    private static String text(Scheduler scheduler, Nightly nightly) {
        return scheduler.files(nightly).files().get(0).text();
    }

    private static List<Object> yaml(String text) {
        List<Object> documents = new ArrayList<>();
        new Load(LoadSettings.builder().build()).loadAllFromString(text).forEach(documents::add);
        return documents;
    }

    /** What stands behind a path of keys and places in lists. */
    private static Object at(Object tree, Object... path) {
        Object here = tree;
        for (Object step : path) {
            Object next = step instanceof Integer place ? ((List<?>) here).get(place) : ((Map<?, ?>) here).get(step);
            here = Objects.requireNonNull(next, step + " of " + List.of(path));
        }
        return here;
    }

    @Test
    void theWorkflowTakesBackupsDrillsThemKeepsReportsAndOpensIssues() {
        Object flow = yaml(text(Scheduler.GITHUB, NAMED)).get(0);
        assertThat(at(flow, "on", "schedule", 0, "cron")).isEqualTo("30 1 * * *");
        assertThat(at(flow, "on", "schedule", 1, "cron")).isEqualTo("0 4 * * 0");
        assertThat(at(flow, "on", "workflow_dispatch", "inputs", "what", "options"))
                .isEqualTo(List.of("backup", "drill"));
        assertThat(at(flow, "permissions")).isEqualTo(Map.of("contents", "read", "issues", "write"));
        assertThat(at(flow, "jobs", "backup", "if")).asString().contains("github.event.schedule == '30 1 * * *'");
        assertThat(at(flow, "jobs", "backup", "steps", 2, "run"))
                .isEqualTo("holdfast backup --quiet --kind scheduled --config conf/holdfast.yml --db shop");
        assertThat(at(flow, "jobs", "drill", "steps", 2, "run"))
                .isEqualTo(
                        "holdfast drill latest --quiet --html drill.html --junit drill.xml --config conf/holdfast.yml"
                                + " --db shop");
        assertThat(at(flow, "jobs", "drill", "steps", 3, "if")).isEqualTo("always()");
        assertThat(at(flow, "jobs", "drill", "steps", 3, "with", "path")).isEqualTo("drill.html\ndrill.xml\n");
        for (String job : List.of("backup", "drill")) {
            Object issue = ((List<?>) at(flow, "jobs", job, "steps")).get(job.equals("backup") ? 3 : 4);
            assertThat(at(issue, "if")).isEqualTo("failure() || cancelled()");
            assertThat(at(issue, "run")).asString().contains("gh issue create");
            assertThat(at(issue, "env", "GH_TOKEN")).isEqualTo("${{ secrets.GITHUB_TOKEN }}");
        }
        assertThat(at(flow, "env"))
                .isEqualTo(Map.of(
                        "PGPASSWORD", "${{ secrets.PGPASSWORD }}",
                        "SHOP_PASSWORD", "${{ secrets.SHOP_PASSWORD }}",
                        "HOLDFAST_REPOSITORY", "${{ vars.HOLDFAST_REPOSITORY || '/var/lib/holdfast/backups' }}"));
    }

    @Test
    void withoutAConfigFileTheUrlIsASecret() {
        String flow = text(Scheduler.GITHUB, BY_URL);
        assertThat(at(yaml(flow).get(0), "env", "HOLDFAST_DB")).isEqualTo("${{ secrets.HOLDFAST_DB }}");
        assertThat(flow + text(Scheduler.KUBERNETES, BY_URL)).doesNotContain("postgresql://");
    }

    @Test
    void whatGithubCannotDoIsRefused() {
        assertThatThrownBy(() ->
                        Scheduler.GITHUB.files(Nights.named(Path.of("/opt/holdfast"), Nights.DAILY, Nights.DAILY)))
                .hasMessage("GitHub cannot tell two jobs of the same time apart");
    }

    @Test
    void theJobsNeverRunTwiceAndKeepTheRepositoryOnAVolume() {
        List<Object> objects = yaml(text(Scheduler.KUBERNETES, NAMED));
        assertThat(objects.stream().map(each -> at(each, "kind") + " " + at(each, "metadata", "name")))
                .containsExactly(
                        "PersistentVolumeClaim holdfast-shop",
                        "CronJob holdfast-backup-shop",
                        "CronJob holdfast-drill-shop");
        for (Object job : objects.subList(1, 3)) {
            assertThat(at(job, "spec", "concurrencyPolicy")).isEqualTo("Forbid");
            assertThat(at(job, "spec", "timeZone")).isEqualTo("Europe/Vienna");
            assertThat(at(job, "spec", "jobTemplate", "spec", "backoffLimit")).isEqualTo(0);
            assertThat(at(job, "spec", "jobTemplate", "spec", "activeDeadlineSeconds"))
                    .isEqualTo(21600);
            Object pod = at(job, "spec", "jobTemplate", "spec", "template", "spec");
            assertThat(at(pod, "volumes", 0, "persistentVolumeClaim", "claimName"))
                    .isEqualTo("holdfast-shop");
            assertThat(at(pod, "volumes", 1, "configMap", "name")).isEqualTo("holdfast-shop");
            assertThat(at(pod, "containers", 0, "env", 1, "valueFrom", "secretKeyRef"))
                    .isEqualTo(Map.of("name", "holdfast-shop", "key", "PGPASSWORD", "optional", true));
            assertThat(at(pod, "containers", 0, "env", 2, "valueFrom", "secretKeyRef"))
                    .isEqualTo(Map.of("name", "holdfast-shop", "key", "SHOP_PASSWORD"));
        }
        assertThat(at(objects.get(1), "spec", "schedule")).isEqualTo("30 1 * * *");
        assertThat(at(objects.get(1), "spec", "jobTemplate", "spec", "template", "spec", "containers", 0, "command"))
                .isEqualTo(List.of(
                        "holdfast",
                        "backup",
                        "--quiet",
                        "--kind",
                        "scheduled",
                        "--config",
                        "/etc/holdfast/holdfast.yml",
                        "--db",
                        "shop"));
        assertThat(yaml(text(Scheduler.KUBERNETES, BY_URL)).stream().map(each -> at(each, "metadata", "name")))
                .containsExactly("holdfast-shop-db", "holdfast-backup-shop-db", "holdfast-drill-shop-db");
    }

    @Test
    void kubectlReadsTheObjects() throws IOException {
        assumeTrue(Programs.isHere("kubectl", "what kubectl makes of its objects"), "kubectl is not here");
        for (Nightly nightly : List.of(NAMED, BY_URL)) {
            Path file = Files.writeString(folder.resolve("jobs.yml"), text(Scheduler.KUBERNETES, nightly));
            Programs.Result read = kubectl("label", file, "read=yes");
            assertThat(read.text().lines()).as(read.errors()).hasSize(3);
            Path jobs =
                    Files.writeString(file, text(Scheduler.KUBERNETES, nightly).split("(?m)^---$", 2)[1]);
            read = kubectl(
                    "set", jobs, "image", "holdfast=registry.example/holdfast:1"); // needs the types of all fields
            assertThat(read.text().lines()).as(read.errors()).hasSize(2);
            Files.writeString(jobs, Files.readString(jobs).replace("backoffLimit: 0", "backoffLimit: one"));
            assertThat(kubectl("set", jobs, "image", "holdfast=x").errors()).contains("backoffLimit");
        }
    }

    /** Without a server; {@code create --dry-run=client} asks one which kinds of objects there are. */
    private static Programs.Result kubectl(String verb, Path file, String... words) {
        List<String> command = new ArrayList<>(List.of("kubectl", verb));
        if (words.length > 1) {
            command.add(words[0]);
        }
        command.addAll(List.of("--local", "-o", "name", "-f", file.toString(), words[words.length - 1]));
        return Programs.run(command);
    }
}
