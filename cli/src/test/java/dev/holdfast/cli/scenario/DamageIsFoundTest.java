package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.journal.Journal;
import dev.holdfast.json.JsonObject;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.repository.Repository;
import dev.holdfast.run.Run;
import dev.holdfast.run.RunListener;
import dev.holdfast.run.Verdict;
import dev.holdfast.store.FolderStore;
import dev.holdfast.store.MemoryStore;
import dev.holdfast.testing.Blobs;
import dev.holdfast.testing.Seeds;
import dev.holdfast.verify.Verification;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bit flips or a file is cut, anywhere in the repository: verify finds it each time, and finds nothing where nothing is. */
final class DamageIsFoundTest {
    private static final int TIMES_EACH = 500;

    @TempDir
    private Path folder;

    /** A repository with two backups, copied into memory. */
    private MemoryStore repository() {
        try (TestDatabase shop = TestServers.newest().fresh()) {
            shop.must("CREATE TABLE t AS SELECT i AS a, md5(i::text) AS b FROM generate_series(1, 50) i");
            Cli cli = Cli.of(shop, folder);
            cli.run("backup", "-m", "first").well();
            shop.must("INSERT INTO t VALUES (51, 'x'); CREATE TABLE u (c int)");
            cli.run("backup", "--tag", "a=b").well();
        }
        var from = new FolderStore(folder, "test");
        var copy = new MemoryStore(InstantSource.system());
        Blobs.names(from).forEach(name -> Blobs.create(copy, name, Blobs.bytes(from, name)));
        return copy;
    }

    /** What verify says; what it writes itself is taken away again, so that all tries begin alike. */
    private static Verdict verify(MemoryStore store) {
        var before = new TreeSet<>(Blobs.names(store, "journal"));
        try {
            var journal = new Journal(store, Optional.empty());
            var run = new Run(InstantSource.system(), RunListener.SILENT);
            return new Verification(Repository.open(store), journal, run)
                    .verifyAll(1, new JsonObject())
                    .verdict();
        } catch (HoldfastException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.DAMAGED);
            return Verdict.FAIL;
        } finally {
            Blobs.names(store, "journal").stream()
                    .filter(name -> !before.contains(name))
                    .forEach(name -> store.delete(new dev.holdfast.store.BlobName(name)));
        }
    }

    private static List<List<String>> kinds(MemoryStore store) {
        List<List<String>> kinds = new ArrayList<>();
        for (String form : List.of(
                "packs/.*",
                "backups/.*/\\d{8}_\\d{6}(_\\d+)?\\.json",
                "backups/.*\\.sha256",
                "backups/.*/source\\.json",
                "holdfast\\.json",
                "journal/.*",
                "README\\.txt",
                "restore-without-holdfast-1\\.py",
                "\\.gitignore")) {
            List<String> names = Blobs.names(store).stream()
                    .filter(name -> name.matches(form))
                    .toList();
            assertThat(names).as(form).isNotEmpty();
            kinds.add(names);
        }
        return kinds;
    }

    @Test
    void everyFlippedBitAndEveryCutIsFoundAndNothingElse() {
        MemoryStore store = repository();
        assertThat(verify(store)).isEqualTo(Verdict.PASS);
        Random random = Seeds.of("damage is found").random();
        for (List<String> names : kinds(store)) {
            for (int i = 0; i < TIMES_EACH; i++) {
                String name = names.get(random.nextInt(names.size()));
                byte[] right = Blobs.bytes(store, name);
                boolean cut = i % 5 == 0;
                byte[] wrong = cut ? Blobs.cut(right, random.nextInt(right.length)) : Blobs.flipped(right, random);
                Blobs.replace(store, name, wrong);
                assertThat(verify(store))
                        .as("%s %s", name, cut ? "cut to " + wrong.length : "with a flipped bit")
                        .isEqualTo(Verdict.FAIL);
                Blobs.replace(store, name, right);
                if (i % 20 == 0) {
                    assertThat(verify(store)).isEqualTo(Verdict.PASS);
                }
            }
        }
        assertThat(verify(store)).isEqualTo(Verdict.PASS);
    }

    @Test
    void aMissingFileIsFoundWhicheverItIs() {
        MemoryStore store = repository();
        for (String name : Blobs.names(store)) {
            if (name.startsWith("journal/") || name.equals("holdfast.json")) {
                continue; // nothing says that a run was there; without the other it is no repository
            }
            byte[] right = Blobs.bytes(store, name);
            store.delete(new dev.holdfast.store.BlobName(name));
            assertThat(verify(store)).as(name + " deleted").isEqualTo(Verdict.FAIL);
            Blobs.create(store, name, right);
        }
        assertThat(verify(store)).isEqualTo(Verdict.PASS);
    }

    @Test
    void twoExchangedFilesAreFound() {
        MemoryStore store = repository();
        for (List<String> names : kinds(store)) {
            for (int i = 1; i < names.size(); i++) {
                byte[] one = Blobs.bytes(store, names.get(i - 1));
                byte[] other = Blobs.bytes(store, names.get(i));
                if (names.get(i).startsWith("journal/")) {
                    continue; // a record is sealed by itself
                }
                Blobs.replace(store, names.get(i - 1), other);
                Blobs.replace(store, names.get(i), one);
                assertThat(verify(store)).as(names.get(i) + " exchanged").isEqualTo(Verdict.FAIL);
                Blobs.replace(store, names.get(i - 1), one);
                Blobs.replace(store, names.get(i), other);
            }
        }
    }
}
