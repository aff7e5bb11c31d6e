package dev.holdfast.backup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.repository.Head;
import dev.holdfast.repository.KnownPack;
import dev.holdfast.repository.PackGroup;
import dev.holdfast.repository.Sha256;
import dev.holdfast.testing.Blobs;
import dev.holdfast.testing.MemoryDatabase;
import dev.holdfast.testing.Readback;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Backups that name many packs, have many ranges or very long records. */
class ManyPacksTest {
    private final Scene scene = new Scene();

    /** Backups that each change another range, so that the last one names a pack of each. */
    private Head scatter(int backups) {
        scene.database.with("orders", 10 * backups);
        Head head = scene.backup().head();
        for (int i = 1; i < backups; i++) {
            scene.change("orders", 10 * i, "changed " + i);
            head = scene.backup().head();
        }
        return head;
    }

    private List<KnownPack> packs(Head head) {
        return head.packs().all(scene.repository.chunks());
    }

    @Test
    void fewPacksAreNamedInTheHead() {
        Head head = scatter(20);

        assertThat(head.packs().count()).isBetween(20L, 64L);
        assertThat(head.packs().groups())
                .allSatisfy(group -> assertThat(group.list()).isEmpty());
        assertThat(scene.rows(head)).isEqualTo(scene.database.rows());
    }

    @Test
    void manyPacksAreNamedInListsThatAreChunks() {
        Head head = scatter(80);

        assertThat(head.packs().count()).isGreaterThan(64);
        assertThat(head.packs().groups())
                .isNotEmpty()
                .allSatisfy(group -> assertThat(group.lines()).isEmpty());
        assertThat(packs(head)).hasSize((int) head.packs().count()).doesNotHaveDuplicates();
        assertThat(packs(head)).allMatch(scene.repository::holds);
        assertThat(head.packs().bytes())
                .isEqualTo(packs(head).stream().mapToLong(KnownPack::length).sum());
        assertThat(scene.heads()).hasSize(80);
        assertThat(scene.rows(head)).isEqualTo(scene.database.rows());
    }

    @Test
    void withManyPacksAnUnchangedBackupStaysSmallAndTheNumberOfPacksStaysBounded() {
        long packs = scatter(80).packs().count();
        for (int i = 0; i < 40; i++) {
            Set<String> added = scene.addedBy(scene::backup);
            assertThat(added.stream()
                            .mapToLong(name -> Blobs.bytes(scene.store, name).length)
                            .sum())
                    .isLessThan(100_000);
        }
        Head last = scene.heads().get(scene.heads().size() - 1);
        assertThat(last.packs().count())
                .as("lists of packs have packs of their own")
                .isLessThan(packs + 45);
        assertThat(packs(last)).allMatch(scene.repository::holds);
        assertThat(scene.rows(last)).isEqualTo(scene.database.rows());
    }

    @Test
    void eachBackupReadsAThirtiethOfItsParentsPacksAgainLongestUnreadFirst() {
        Head before = scatter(33); // two of them are a thirtieth, rounded up
        for (int i = 0; i < 35; i++) {
            scene.clock.advance(Duration.ofDays(1));
            BackupReport report = scene.backup();
            Instant now = Instant.ofEpochSecond(scene.clock.instant().getEpochSecond());
            List<KnownPack> longestUnread = new ArrayList<>(packs(before));
            longestUnread.sort(java.util.Comparator.comparing(KnownPack::readAt).thenComparing(KnownPack::pack));
            Set<Sha256> expected = longestUnread.subList(0, (longestUnread.size() + 29) / 30).stream()
                    .map(KnownPack::pack)
                    .collect(Collectors.toSet());
            Set<Sha256> read = packs(report.head()).stream()
                    .filter(pack -> pack.readAt().equals(now))
                    .map(KnownPack::pack)
                    .collect(Collectors.toCollection(HashSet::new));

            assertThat(read).containsAll(expected);
            assertThat(report.rereadBytes())
                    .isEqualTo(packs(before).stream()
                            .filter(pack -> expected.contains(pack.pack()))
                            .mapToLong(KnownPack::length)
                            .sum());
            before = report.head();
        }
        assertThat(before.packs().oldestUnread().orElseThrow())
                .as("within thirty backups everything was read")
                .isAfter(scene.clock.instant().minus(Duration.ofDays(31)));
    }

    @Test
    void moreRangesThanOneListTakesMakeSeveralListsOfWhichTheUnchangedAreShared() {
        var many = new MemoryDatabase("many", scene.clock, 1).with("t", 9000);
        var take = new Object() {
            Head backup() {
                scene.clock.advance(Duration.ofMinutes(1));
                return scene.take(scene.repository, many, scene.run(), Scene.NONE)
                        .head();
            }
        };
        Head first = take.backup();
        assertThat(scene.rows(first)).isEqualTo(many.rows());
        many.table("t").set(5000, MemoryDatabase.record("changed"));
        long before = Blobs.names(scene.store, "packs").stream()
                .mapToLong(name -> Blobs.bytes(scene.store, name).length)
                .sum();
        Head second = take.backup();

        assertThat(scene.rows(second)).isEqualTo(many.rows());
        assertThat(second.contents().totals().storedBytes())
                .as("one list of three")
                .isLessThan(before / 2);
        assertThat(take.backup().contents().totals().storedBytes()).isZero();
    }

    @Test
    void aRecordLongerThanAChunkIsCutAndComesBackWhole() {
        var random = new Random(1);
        var longRecord = new byte[(33 << 20) + 7];
        random.nextBytes(longRecord);
        scene.database.table("long").add(MemoryDatabase.record("before"));
        scene.database.table("long").add(longRecord);
        scene.database.table("long").add(MemoryDatabase.record("after"));
        Head head = scene.backup().head();

        assertThat(head.contents().totals().chunks()).isEqualTo(3);
        assertThat(scene.rows(head).equals(scene.database.rows())).isTrue();
        assertThat(scene.addedBy(scene::backup)).hasSize(3);
    }

    @Test
    void aLongPieceComesBackWholeAndIsShared() {
        var piece = new byte[(20 << 20) + 1];
        new Random(1).nextBytes(piece);
        scene.database.piece("schema.dump", piece);
        Head head = scene.backup().head();

        var expected = Map.of("schema.dump", new String(piece, ISO_8859_1), "schema.txt", "the schema");
        assertThat(Readback.pieces(scene.repository, head).equals(expected)).isTrue();
        assertThat(scene.addedBy(scene::backup)).hasSize(3);
    }

    @Test
    void anEmptyDatabaseHasABackupToo() {
        Head head = scene.backup().head();
        assertThat(scene.rows(head)).isEmpty();
        assertThat(head.packs().groups().stream().mapToLong(PackGroup::count).sum()
                        + head.packs().tails().size())
                .isEqualTo(head.packs().count());
    }
}
