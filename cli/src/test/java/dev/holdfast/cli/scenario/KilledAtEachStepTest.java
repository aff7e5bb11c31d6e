package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.backup.BackupStep;
import dev.holdfast.cli.Child;
import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.restore.RestoreStep;
import dev.holdfast.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The program is killed with -9 wherever it is: there is never a backup or a database that is not whole, and the next run works. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KilledAtEachStepTest {
    private static final int KILLED = 128 + 9;
    private static final String LEFTOVER = "holdfast_restore_";

    @TempDir
    private Path folder;

    /** Nothing that is killed here changes it, so it serves all tests. */
    private final TestDatabase shop = TestServers.newest().fresh();

    private final TestDatabase copy = shop.server().database(shop.name() + "_copy");
    private final Cli cli = Cli.of(shop, Path.of("unused"));
    private Map<String, String> rows = Map.of();

    private Cli cli() {
        return cli.with("HOLDFAST_REPOSITORY", folder.toString());
    }

    @BeforeAll
    void fill() {
        shop.must("""
                CREATE TABLE t (id serial PRIMARY KEY, v text); INSERT INTO t (v) SELECT repeat('x', i) FROM generate_series(1, 500) i;
                CREATE TABLE u (a int REFERENCES t); INSERT INTO u SELECT generate_series(1, 500);
                """);
        rows = IndependentRows.of(shop);
    }

    @AfterEach
    void drop() {
        leftovers().forEach(name -> shop.server().database(name).close());
        copy.close();
        assertThat(IndependentRows.of(shop)).isEqualTo(rows);
    }

    @AfterAll
    void dropShop() {
        shop.close();
    }

    private List<String> leftovers() {
        return shop.server().databases().stream()
                .filter(name -> name.startsWith(LEFTOVER))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(BackupStep.class)
    void aKilledBackupIsNoBackup(BackupStep step) {
        cli().run("backup", "-m", "first").well();
        Ran killed = cli().start("backup/" + step.name() + ":kill", "backup").await();
        assertThat(killed.exit()).isEqualTo(KILLED);
        assertThat(listed()).hasSize(step.compareTo(BackupStep.HEAD) > 0 ? 2 : 1);
        everythingThatIsListedIsGoodAndTheNextRunWorks();
    }

    @Test
    void aRepositoryWhoseFirstBackupWasKilledAnywhereTakesTheNext() {
        for (BackupStep step : List.of(BackupStep.BIND, BackupStep.LEASE, BackupStep.ROWS, BackupStep.HEAD)) {
            Path each = folder.resolve(step.name());
            Cli fresh = cli().with("HOLDFAST_REPOSITORY", each.toString());
            assertThat(fresh.start("backup/" + step.name() + ":kill", "backup")
                            .await()
                            .exit())
                    .isEqualTo(KILLED);
            fresh.run("backup").well();
            fresh.run("verify").well();
        }
    }

    private List<String> listed() {
        return cli().run("list", "--json").well().json().objects("backups", backup -> backup.string("id"));
    }

    private void everythingThatIsListedIsGoodAndTheNextRunWorks() {
        List<String> listed = listed();
        List<String> passed =
                cli().run("verify", "--json").well().json().objects("backups", backup -> backup.string("id"));
        assertThat(passed).containsAll(listed);
        String next = cli().run("backup").well().lastLine();
        assertThat(listed).doesNotContain(next);
        cli().run("verify").well();
        cli().run("restore", next, "--into", copy.name()).well();
        assertThat(IndependentRows.of(copy)).isEqualTo(rows);
    }

    @ParameterizedTest
    @EnumSource(RestoreStep.class)
    void aKilledRestoreLeavesNoDatabaseOfThatNameUnlessItIsWhole(RestoreStep step) {
        cli().run("backup").well();
        Ran killed = cli().start("restore/" + step.name() + ":kill", "restore", "latest", "--into", copy.name())
                .await();
        assertThat(killed.exit()).isEqualTo(KILLED);

        assertThat(copy.exists()).isEqualTo(step.compareTo(RestoreStep.PUBLISH) > 0);
        if (copy.exists()) {
            assertThat(IndependentRows.of(copy)).isEqualTo(rows);
            copy.close();
        }
        List<String> left = leftovers();
        boolean made = step.compareTo(RestoreStep.CREATE) > 0 && step.compareTo(RestoreStep.PUBLISH) <= 0;
        assertThat(left).hasSize(made ? 1 : 0);
        awaitNobodyIn(left);

        Ran next = cli().run("restore", "latest", "--into", copy.name()).well();
        assertThat(IndependentRows.of(copy)).isEqualTo(rows);
        left.forEach(name -> assertThat(next.err()).contains("database " + name + " was left by a restore"));
        cli().run("verify").well();
    }

    @Test
    void aKilledRunIsToldOnceByTheNextOfItsKind() {
        cli().run("backup").well();
        cli().start("backup/ROWS:kill", "backup").await();
        cli().start("restore/MANIFEST:kill", "restore", "latest", "--into", copy.name())
                .await();
        assertThat(cli().run("backup").well().err())
                .containsOnlyOnce("was killed")
                .contains("the backup of source");
        assertThat(cli().run("restore", "latest", "--into", copy.name()).well().err())
                .containsOnlyOnce("was killed")
                .contains("the restore of source");
        copy.close();
        assertThat(cli().run("backup").well().err()).doesNotContain("was killed");
        assertThat(cli().run("restore", "latest", "--into", copy.name()).well().err())
                .doesNotContain("was killed");
        assertThat(folder.resolve("journal/open")).isEmptyDirectory();
        cli().run("verify").well();
    }

    @Test
    void thePasswordThatAKilledRunGaveToPgDumpIsRemovedByTheNext() throws IOException {
        Cli secret = cli().with("PGPASSWORD", "canary");
        Child child = secret.start("backup/PIECES:kill", "backup");
        assertThat(child.await().exit()).isEqualTo(KILLED);
        List<Path> left = foldersOf(child);
        assertThat(left).hasSize(1);
        assertThat(left.get(0).resolve("pgpass")).exists();
        secret.run("backup").well();
        assertThat(foldersOf(child)).isEmpty();
    }

    private static List<Path> foldersOf(Child child) throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(
                            file -> file.getFileName().toString().startsWith("holdfast-client-" + child.pid() + "-"))
                    .toList();
        }
    }

    /** The server notices only after a while that its client has gone. */
    private void awaitNobodyIn(List<String> databases) {
        for (String name : databases) {
            String sessions = "SELECT count(*) FROM pg_stat_activity WHERE datname = '" + name + "'";
            while (!shop.server().must("postgres", sessions).equals("0")) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void aKillAtAnyMomentIsAsHarmless() {
        cli().run("backup").well();
        Seeds.of("kills at any moment").rounds(4, random -> {
            List<Child> children = new ArrayList<>();
            children.add(cli().start("", "backup"));
            children.add(cli().start("", "restore", "latest", "--into", copy.name()));
            for (Child child : children) {
                if (!child.endsWithin(random.nextInt(1500))) {
                    child.signal("KILL");
                }
                child.await();
            }
            if (copy.exists()) {
                assertThat(IndependentRows.of(copy)).isEqualTo(rows);
                copy.close();
            }
            everythingThatIsListedIsGoodAndTheNextRunWorks();
            copy.close();
        });
    }
}
