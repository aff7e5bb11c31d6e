package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.store.BlobStore.Creation;
import dev.holdfast.testing.Blobs;
import dev.holdfast.testing.Programs;
import dev.holdfast.testing.Race;
import dev.holdfast.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreTest extends BlobStoreContract {
    private static final BlobName NAME = new BlobName("packs/ab/one");

    @TempDir
    Path folder;

    private Path root() {
        return folder.resolve("backups");
    }

    @Override
    protected BlobStore newStore() {
        return new FolderStore(root(), "run");
    }

    private static Content content(int length) {
        return Content.of(new byte[length]);
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void foldersAndFilesAreForTheirOwnerAlone() throws IOException {
        store.create(NAME, content(1));
        store.now();

        try (Stream<Path> all = Files.walk(root())) {
            assertThat(all)
                    .isNotEmpty()
                    .allSatisfy(each -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                            .isEqualTo(Files.isDirectory(each) ? "rwx------" : "rw-------"));
        }
    }

    @Test
    void nothingIsLeftInTmpWhateverBecomesOfACreation() throws IOException {
        store.create(new BlobName("a"), content(1));
        store.create(new BlobName("a"), content(1));
        store.now();
        assertCode(ErrorCode.STORE_FAILED, () -> store.create(new BlobName("a/b"), content(1)));

        assertThat(filesIn(root().resolve("tmp"))).isEmpty();
    }

    @Test
    void aNameBelowAFileIsNotThere() {
        store.create(new BlobName("a"), content(1));
        var below = new BlobName("a/b");

        assertThat(store.find(below)).isEmpty();
        assertCode(ErrorCode.STORE_FAILED, () -> store.open(below));
        assertThat(store.delete(below)).isFalse();
    }

    @Test
    void whatOthersPutIntoTheFolderIsNoneOfOurs() throws IOException {
        store.create(NAME, content(1));
        Path packs = root().resolve("packs");
        Files.writeString(packs.resolve("ab/.~lock.one#"), "x");
        Files.writeString(packs.resolve("with blank"), "x");
        Files.createDirectory(packs.resolve("a folder"));
        Files.writeString(packs.resolve("a folder/inside"), "x");
        Files.createSymbolicLink(packs.resolve("link"), packs.resolve("ab/one"));
        assertThat(Programs.run(List.of(
                                "sh",
                                "-c",
                                "cd \"$1\" && mkfifo pipe && touch \"$(printf '\\303\\274ber')\"",
                                "sh",
                                packs.toString()))
                        .exit())
                .isZero(); // a name beyond ASCII, which no Java without a locale can make but each must live with

        assertThat(Blobs.names(store, "packs")).containsExactly(NAME.path());
        assertThat(store.find(new BlobName("packs/pipe"))).isEmpty();
        assertThat(store.find(new BlobName("packs/ab"))).isEmpty();
    }

    @Test
    void aFileThatWasCutIsDamaged() throws IOException {
        store.create(NAME, content(100));
        Files.write(root().resolve(NAME.path()), new byte[99]);

        assertCode(ErrorCode.DAMAGED, () -> store.read(NAME, 0, 100));
        assertThat(store.read(NAME, 0, 99)).hasSize(99);
    }

    @Test
    void twoStoresOnOneFolderRaceAsOneStoreDoes() throws Exception {
        List<BlobStore> stores = List.of(new FolderStore(root(), "first"), new FolderStore(root(), "second"));
        for (int round = 0; round < 10; round++) {
            var name = new BlobName("packs/" + round);
            List<Creation> outcomes =
                    Race.run(8, racer -> () -> stores.get(racer % 2).create(name, content(10_000 + racer)));
            assertThat(Collections.frequency(outcomes, Creation.CREATED)).isEqualTo(1);
            assertThat(store.find(name).orElseThrow().length()).isEqualTo(10_000 + outcomes.indexOf(Creation.CREATED));
        }
        assertThat(filesIn(root().resolve("tmp"))).isEmpty();
    }

    /** One run may open its repository twice, for reading and for writing, say. */
    @Test
    void twoStoresOfOneRunDoNotTouchEachOthersTemporaryFiles() throws Exception {
        List<BlobStore> stores = List.of(new FolderStore(root(), "run"), new FolderStore(root(), "run"));
        for (int round = 0; round < 20; round++) {
            String number = "/" + round;
            Race.run(
                    2,
                    racer -> () -> stores.get(racer).create(new BlobName("packs/" + racer + number), content(50_000)));
        }
        assertThat(Blobs.names(store, "packs")).hasSize(40);
    }

    @Test
    void aTemporaryFileThatSomebodyElseHoldsIsNotDeleted() throws IOException {
        store.create(NAME, content(1));
        int more = 5000; // than temporary files were made by all tests before
        for (int i = 0; i < more; i++) {
            Files.createFile(root().resolve("tmp").resolve("run." + i));
        }

        assertCode(ErrorCode.STORE_FAILED, () -> store.create(new BlobName("packs/two"), content(1)));

        assertThat(filesIn(root().resolve("tmp"))).hasSize(more);
    }

    @Test
    void aFullDiskIsSaidToBeFullAndLeavesNothing() throws IOException {
        Path small = Files.createDirectory(folder.resolve("small"));
        var mounted = SmallDisk.mount(small, "1m", "a full disk under a repository");
        if (mounted.isEmpty()) {
            return;
        }
        try (var disk = mounted.get()) {
            var full = new FolderStore(disk.folder(), "run");
            full.create(new BlobName("packs/fits"), content(600_000));

            assertThatThrownBy(() -> full.create(NAME, content(600_000)))
                    .isInstanceOfSatisfying(HoldfastException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.STORE_FULL);
                        assertThat(e.hint()).isPresent();
                        assertThat(e).hasMessageContaining(NAME.path());
                    });

            assertThat(filesIn(disk.folder().resolve("tmp"))).isEmpty();
            assertThat(full.find(NAME)).isEmpty();
            assertThat(full.create(NAME, content(10))).as("once there is room").isEqualTo(Creation.CREATED);
        }
    }

    @Test
    void aReadOnlyFolderCanBeReadAndIsSaidToBeReadOnly() throws IOException {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        var mounted = SmallDisk.mount(disk, "1m", "a repository that is mounted read-only");
        if (mounted.isEmpty()) {
            return;
        }
        try (var small = mounted.get()) {
            var readOnly = new FolderStore(small.folder(), "run");
            readOnly.create(NAME, content(10));
            small.makeReadOnly();

            assertThat(readOnly.read(NAME, 0, 10)).hasSize(10);
            assertThat(readOnly.now()).isNotNull();
            assertCode(ErrorCode.STORE_READ_ONLY, () -> readOnly.create(new BlobName("packs/x"), content(1)));
            assertCode(ErrorCode.STORE_READ_ONLY, () -> readOnly.create(new BlobName("new/x"), content(1)));
            assertCode(ErrorCode.STORE_READ_ONLY, () -> readOnly.delete(NAME));
            assertThat(readOnly.find(NAME)).isPresent();
        }
    }

    @Test
    void aFileWhereTheRepositoryShouldBeIsAnErrorThatNamesIt() throws IOException {
        Files.writeString(root(), "not a folder");

        assertThatThrownBy(() -> store.create(NAME, content(1)))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining(NAME.path());
        assertThat(store.find(NAME)).isEmpty();
        assertThat(root()).hasContent("not a folder");
    }
}
