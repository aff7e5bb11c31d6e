package dev.holdfast.repository;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.run.RunId;
import dev.holdfast.store.FaultStore;
import dev.holdfast.store.FaultStore.Moment;
import dev.holdfast.store.FaultStore.Operation;
import dev.holdfast.store.FolderStore;
import dev.holdfast.store.MemoryStore;
import dev.holdfast.testing.Blobs;
import dev.holdfast.testing.ManualClock;
import dev.holdfast.testing.Programs;
import dev.holdfast.testing.Race;
import dev.holdfast.testing.Repositories;
import dev.holdfast.testing.Seeds;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a backup comes to exist, and reading what was published. */
class PublicationTest {
    private static final RunId OTHER = new RunId("f".repeat(32));
    private static final BackupName NEXT = new BackupName(Examples.SHOP, Examples.ID.next());

    private final MemoryStore store = new MemoryStore(ManualClock.inJanuary());
    private final FaultStore faults = new FaultStore(store);
    private final Repository repository = Repositories.in(faults);
    private final Lease lease = Lease.take(store, Examples.RUN, Examples.HOLDER, Examples.NAME);
    private final Publication publication = new Publication(repository, lease);

    @AfterEach
    void endLease() {
        lease.close();
    }

    private static Head head(RunId run) {
        return Examples.head(Examples.NAME, run);
    }

    private void publishByAnotherRun() {
        try (Lease other = Lease.take(store, OTHER, Examples.HOLDER, Examples.NAME)) {
            var others = new Publication(repository, other);
            assertThat(others.writeDigest(head(OTHER))).isTrue();
            assertThat(others.writeHead(head(OTHER))).isTrue();
        }
    }

    private static void assertCode(ErrorCode code, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void aBackupExistsOnceItsHeadIsWrittenAndNotBefore() {
        assertThat(publication.writeDigest(head(Examples.RUN))).isTrue();
        assertThat(repository.heads().all()).isEmpty();
        assertThat(repository.heads().digests().get(Examples.SHOP)).containsExactly(Examples.ID);

        assertThat(publication.writeHead(head(Examples.RUN))).isTrue();
        assertThat(repository.heads().all().get(Examples.SHOP)).containsExactly(Examples.ID);
        assertThat(repository.heads().read(Examples.NAME)).contains(head(Examples.RUN));
        assertThat(repository.heads().glance(Examples.NAME)).contains(head(Examples.RUN));
    }

    @Test
    void whereTheDigestIsTakenTheNextNameIsReserved() {
        publishByAnotherRun();

        assertThat(publication.writeDigest(head(Examples.RUN))).isFalse();

        assertThat(lease.reserved()).isEqualTo(NEXT);
        assertThat(repository.heads().read(Examples.NAME)).contains(head(OTHER));
        assertThat(publication.writeDigest(Examples.head(NEXT, Examples.RUN))).isTrue();
        assertThat(publication.writeHead(Examples.head(NEXT, Examples.RUN))).isTrue();
        assertThat(repository.heads().newestFirst(Examples.SHOP)).containsExactly(NEXT.id(), Examples.ID);
    }

    @Test
    void whereTheHeadIsTakenByAnotherRunTheNextNameIsReserved() {
        publishByAnotherRun();

        assertThat(publication.writeHead(head(Examples.RUN))).isFalse();

        assertThat(lease.reserved()).isEqualTo(NEXT);
    }

    @Test
    void aRunThatWasGivenUpCannotPublishLate() {
        publication.writeDigest(head(Examples.RUN));
        Blobs.create(store, Layout.head(Examples.NAME).path(), "{\"tombstone\":1}\n".getBytes(US_ASCII));

        assertCode(ErrorCode.FENCED, () -> publication.writeHead(head(Examples.RUN)));

        assertThat(repository.heads().read(Examples.NAME)).isEmpty();
        assertThat(repository.heads().glance(Examples.NAME)).isEmpty();
    }

    @Test
    void aHeadWhoseAnswerWasLostIsPublished() {
        publication.writeDigest(head(Examples.RUN));
        faults.fail(
                Operation.CREATE,
                name -> name.endsWith(".json"),
                1,
                Moment.AFTER,
                () -> new HoldfastException(ErrorCode.STORE_FAILED, "no answer"));

        assertThat(publication.writeHead(head(Examples.RUN))).isTrue();
        assertThat(faults.pending()).isZero();
        assertThat(publication.writeHead(head(Examples.RUN))).isTrue();
        assertThat(lease.reserved()).isEqualTo(Examples.NAME);
    }

    @Test
    void aHeadThatCouldNotBeWrittenIsNotPublished() {
        publication.writeDigest(head(Examples.RUN));
        faults.fail(
                Operation.CREATE,
                name -> name.endsWith(".json"),
                1,
                Moment.BEFORE,
                () -> new HoldfastException(ErrorCode.STORE_FULL, "no room"));

        assertCode(ErrorCode.STORE_FULL, () -> publication.writeHead(head(Examples.RUN)));
        assertThat(faults.pending()).isZero();
        assertThat(repository.heads().of(Examples.NAME.source())).isEmpty();
    }

    @Test
    void ofManyRunsThatWantOneNameEachGetsOneOfItsOwn() throws Exception {
        List<BackupName> names = Race.run(10, racer -> () -> {
            var run = new RunId(String.format("%032x", racer + 1));
            try (Lease mine = Lease.take(store, run, Examples.HOLDER, Examples.NAME)) {
                var publishing = new Publication(repository, mine);
                while (true) {
                    Head head = Examples.head(mine.reserved(), run);
                    if (publishing.writeDigest(head) && publishing.writeHead(head)) {
                        return head.name();
                    }
                }
            }
        });

        assertThat(new TreeSet<>(names)).hasSize(10);
        IntStream.range(0, 10).forEach(racer -> {
            Head head = repository.heads().read(names.get(racer)).orElseThrow();
            assertThat(head.about().run().hex()).isEqualTo(String.format("%032x", racer + 1));
        });
    }

    @Test
    void everyFlippedBitAndCutOfAHeadOrItsDigestIsFound() {
        publishByAnotherRun();
        Seeds.of("PublicationTest.everyFlippedBit").rounds(300, random -> {
            for (String name : List.of(
                    Layout.head(Examples.NAME).path(),
                    Layout.headDigest(Examples.NAME).path())) {
                byte[] whole = Blobs.bytes(store, name);
                byte[] damaged = random.nextBoolean()
                        ? Blobs.flipped(whole, random)
                        : Blobs.cut(whole, random.nextInt(whole.length));
                Blobs.replace(store, name, damaged);
                assertCode(ErrorCode.DAMAGED, () -> repository.heads().read(Examples.NAME));
                Blobs.replace(store, name, whole);
            }
        });
        assertThat(repository.heads().read(Examples.NAME)).isPresent();
    }

    @Test
    void aHeadWithoutItsDigestIsDamagedAndAMissingHeadIsNoBackup() {
        publishByAnotherRun();
        store.delete(Layout.headDigest(Examples.NAME));
        assertCode(ErrorCode.DAMAGED, () -> repository.heads().read(Examples.NAME));
        assertCode(ErrorCode.NO_SUCH_BACKUP, () -> repository.heads().read(NEXT));
        assertThat(repository.heads().glance(NEXT)).isEmpty();
    }

    @Test
    void storageThatCannotBeReadIsNotAMissingBackup() {
        publishByAnotherRun();
        faults.fail(
                Operation.READ,
                name -> name.endsWith(".json"),
                1,
                Moment.BEFORE,
                () -> new HoldfastException(ErrorCode.STORE_FAILED, "no answer"));
        assertCode(ErrorCode.STORE_FAILED, () -> repository.heads().read(Examples.NAME));
        assertThat(faults.pending()).isZero();
    }

    @Test
    void whatElseStandsAmongTheHeadsIsNoBackup() {
        for (String name :
                List.of("source.json", "source-2.json", "x.json", "20260230_000000.json", "20260101_000000.txt")) {
            Blobs.create(store, "backups/shop/" + name, new byte[1]);
        }
        Blobs.create(store, "backups/UPPER/20260101_000000.json", new byte[1]);
        Blobs.create(store, "backups/20260101_000000.json", new byte[1]);
        Blobs.create(store, "backups/shop/more/20260101_000000.json", new byte[1]);

        assertThat(repository.heads().of(Examples.SHOP)).isEmpty();
        assertThat(repository.heads().newestFirst(Examples.SHOP)).isEmpty();
    }

    @Test
    void theSha256sumProgramChecksAHead(@TempDir Path folder) {
        Repository files = Repositories.in(new FolderStore(folder, "run"));
        try (Lease held = Lease.take(files.store(), OTHER, Examples.HOLDER, Examples.NAME)) {
            var publishing = new Publication(files, held);
            publishing.writeDigest(head(OTHER));
            publishing.writeHead(head(OTHER));
        }
        String digest = folder.resolve(Layout.headDigest(Examples.NAME).path()).toString();
        String command = "cd \"$(dirname \"$1\")\" && sha256sum -c \"$1\"";
        Programs.Result checked = Programs.run(List.of("sh", "-c", command, "sh", digest));
        assertThat(checked.exit()).as(checked.errors()).isZero();
        assertThat(checked.text()).isEqualTo("20260122_171449.json: OK\n");
    }
}
