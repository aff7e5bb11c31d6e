package dev.holdfast.cli.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Child;
import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.json.JsonObject;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.repository.Sha256;
import dev.holdfast.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever asks what was done finds every run: what, who, how it ended, how long it took. */
final class JournalTest {
    @TempDir
    private Path folder;

    @TempDir
    private Path state;

    private final TestDatabase shop = TestServers.newest().fresh();

    private Cli cli() {
        return Cli.of(shop, folder).with("XDG_STATE_HOME", state.toString());
    }

    @BeforeEach
    void fill() {
        shop.must("CREATE TABLE t AS SELECT generate_series(1, 100) AS a");
    }

    @AfterEach
    void drop() {
        shop.close();
    }

    private List<String> runs(String... more) {
        String[] words = new String[more.length + 2];
        words[0] = "journal";
        words[1] = "--json";
        System.arraycopy(more, 0, words, 2, more.length);
        return cli().run(words).well().json().objects("runs", run -> run.string("kind") + " " + run.string("ending"));
    }

    @Test
    void everyRunIsListedTheNewestLast() {
        String id = cli().run("backup").well().lastLine();
        assertThat(cli().run("restore", "latest", "--into", shop.name()).exit()).isEqualTo(2); // it is there
        cli().run("verify").well();
        assertThat(runs()).containsExactly("backup pass", "restore fail", "verify pass");
        assertThat(runs("--last", "1")).containsExactly("verify pass");
        assertThat(runs("--failed")).containsExactly("restore fail");
        assertThat(runs("--kind", "backup", "--source", shop.name())).containsExactly("backup pass");
        assertThat(runs("--source", "other")).isEmpty();

        List<String> lines = cli().run("journal").well().out().lines().toList();
        assertThat(lines.get(0)).matches("WHEN +WHAT +SOURCE +BACKUP +WHO +ENDED +TOOK +RUN");
        String when = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d";
        assertThat(lines.get(1))
                .matches(
                        when + "  backup +" + shop.name() + " +" + id + " +\\S+@\\S+ +passed +[0-9.]+ s +[0-9a-f]{12}");
        assertThat(lines.get(2)).matches(when + "  restore .* FAILED .*");
        assertThat(lines.get(3)).matches(when + "  verify .* all .* passed .*");
    }

    @Test
    void timesAreLocal() {
        cli().run("backup").well();
        String ended = cli().run("journal", "--json")
                .well()
                .json()
                .objects("runs", run -> run.string("ended"))
                .get(0);
        Cli elsewhere = cli().with("TZ", "Pacific/Kiritimati");
        Ran ran = elsewhere.start("", "journal").await().well();
        String local = Instant.parse(ended)
                .atZone(ZoneId.of("Pacific/Kiritimati"))
                .format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss"));
        assertThat(ran.lastLine()).startsWith(local);
    }

    @Test
    void oneRunIsShownInFullByTheBeginningOfItsId() {
        String id = cli().run("backup").well().lastLine();
        String run = cli().run("journal").well().lastLine().replaceAll(".* ", "");
        assertThat(cli().run("journal", run).well().out())
                .containsPattern("run +" + run + "[0-9a-f]{20}\n")
                .containsPattern("backup +" + id + "\n")
                .containsPattern("result +passed\n")
                .containsPattern("rows +100\n")
                .containsPattern("record +journal/" + shop.name() + "/");
        JsonObject json = cli().run("journal", run, "--json").well().json();
        assertThat(json.objects("runs", each -> each.object("record").count("rows")))
                .containsExactly(100L);
    }

    @Test
    void badWordsAreRefused() {
        cli().run("backup").well();
        for (int i = 0; i < 16; i++) {
            cli().run("verify").well(); // two of 17 runs have the same first digit
        }
        List<String> digits = cli().run("journal", "--json")
                .well()
                .json()
                .objects("runs", run -> run.string("run").substring(0, 1));
        String shared = digits.stream()
                .filter(digit -> digits.indexOf(digit) != digits.lastIndexOf(digit))
                .findFirst()
                .orElseThrow();
        for (String words : List.of(
                "journal nonsense",
                "journal " + shared,
                "journal --last 0",
                "journal --last -1",
                "journal --last x",
                "journal --source Not/One",
                "journal abc --failed")) {
            Failures.assertClear(cli().run(words.split(" ", -1)), 2);
        }
        assertThat(cli().run("journal", "nonsense").err()).contains("no run 'nonsense'");
        assertThat(cli().run("journal", shared).err()).contains("can mean");
        assertThat(cli().run("journal", "--kind", "party").well().err()).contains("no such run on record");
    }

    @Test
    void aRunThatGoesOnIsRunningAndOneThatWasKilledIsKilled() {
        cli().run("backup").well();
        Path go = state.resolve("go");
        Child child = cli().start("backup/ROWS:wait=" + go, "backup");
        child.awaitFile(Path.of(go + ".reached"));
        assertThat(runs()).containsExactly("backup pass", "backup running");
        assertThat(cli().run("journal").well().out())
                .contains("process " + child.pid() + "@")
                .contains("running");
        assertThat(runs("--failed")).isEmpty();
        child.signal("KILL");
        child.await();
        assertThat(runs("--failed")).containsExactly("backup killed");
        cli().run("backup").well();
        assertThat(runs()).containsExactlyInAnyOrder("backup pass", "backup killed", "backup pass");
        assertThat(cli().run("journal").well().out()).contains("KILLED");
    }

    @Test
    void whatTheRepositoryCouldNotTakeIsListedWithIt() {
        cli().run("backup").well();
        Programs.run(List.of("chmod", "-R", "a-w", folder.toString()));
        try {
            assertThat(cli().startUnprivileged("verify").await().err()).contains("cannot take this run's record");
        } finally {
            Programs.run(List.of("chmod", "-R", "u+w", folder.toString()));
        }
        assertThat(runs()).containsExactly("backup pass", "verify pass");
        String run = cli().run("journal").well().lastLine().replaceAll(".* ", "");
        assertThat(cli().run("journal", run).well().out())
                .contains(state.toString())
                .contains("since the repository could not take it");
        Path another = folder.resolve("another");
        Cli other = cli().with("HOLDFAST_REPOSITORY", another.toString());
        other.run("backup").well();
        assertThat(other.run("journal", "--json").well().json().objects("runs", each -> each.string("kind")))
                .containsExactly("backup");
    }

    @Test
    void aDamagedRecordIsNamedAndTheOthersAreListed() throws IOException {
        cli().run("backup").well();
        cli().run("verify").well();
        try (var files = Files.walk(folder.resolve("journal").resolve(shop.name()))) {
            Path record = files.filter(file -> file.toString().contains("-backup-"))
                    .findFirst()
                    .orElseThrow();
            Files.delete(record);
            Files.writeString(record, "nonsense");
        }
        Ran ran = cli().run("journal").well();
        assertThat(ran.out()).contains("backup").contains("verify");
        assertThat(ran.err()).containsOnlyOnce("warning: ").contains("-backup-");
        assertThat(cli().run("journal", "--json").well().json().strings("damaged"))
                .hasSize(1);
    }

    @Test
    void listAndShowTellWhichBackupsAreSafetyAndEmergency() throws IOException {
        String id = cli().run("backup").well().lastLine();
        Path source = folder.resolve("backups").resolve(shop.name());
        String head = Files.readString(source.resolve(id + ".json"));
        for (String kind : List.of("safety", "emergency")) {
            String other = kind.equals("safety") ? "20200101_000000" : "20200101_000001";
            byte[] bytes = head.replace(id, other)
                    .replace("\"kind\":\"manual\"", "\"kind\":\"" + kind + "\"")
                    .getBytes(UTF_8);
            Files.writeString(
                    source.resolve(other + ".json.sha256"), Sha256.of(bytes).hex() + "  " + other + ".json\n");
            Files.write(source.resolve(other + ".json"), bytes);
            assertThat(cli().run("list").well().out()).containsPattern(other + " +" + kind + " ");
            assertThat(cli().run("show", other).well().out()).contains(other + " (" + kind + ")");
        }
        assertThat(cli().run("list", "--json").well().json().objects("backups", each -> each.string("kind")))
                .containsExactly("safety", "emergency", "manual");
    }
}
