package dev.holdfast.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.repository.Head;
import dev.holdfast.repository.KnownPack;
import dev.holdfast.repository.PackCheck;
import dev.holdfast.repository.PackState;
import dev.holdfast.repository.Reuse;
import dev.holdfast.repository.Sha256;
import dev.holdfast.testing.Blobs;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a backup reads again, and what it keeps of the one before. The tables are of ten ranges, of one, and of an empty one. */
class KeptRangesTest {
    private final Scene scene = Scene.shop();

    private Reuse backup() {
        return reuse(scene.backup().head());
    }

    private static Reuse reuse(Head head) {
        return head.contents().reuse().orElseThrow();
    }

    private long readBy(Runnable action) {
        long before = scene.database.readRecords();
        action.run();
        return scene.database.readRecords() - before;
    }

    @Test
    void theFirstBackupReadsEverythingAndSaysWhy() {
        Reuse reuse = backup();
        assertThat(reuse.fullRead()).contains("there is no earlier backup to compare with");
        assertThat(reuse.kept()).isEqualTo(new Reuse.Share(0, 0));
        assertThat(reuse.read().ranges()).isEqualTo(12);
        assertThat(reuse.inFull()).isEmpty();
    }

    @Test
    void whatHasNotChangedIsNotRead() {
        Reuse first = backup();
        assertThat(readBy(() -> {
                    Reuse second = backup();
                    assertThat(second.fullRead()).isEmpty();
                    assertThat(second.kept()).isEqualTo(first.read());
                    assertThat(second.read()).isEqualTo(new Reuse.Share(0, 0));
                    assertThat(second.fullReadAt()).isEqualTo(first.fullReadAt());
                }))
                .isZero();
        assertThat(scene.rows(scene.heads().get(1))).isEqualTo(scene.database.rows());
        assertThat(scene.heads().get(1).contents().totals().rows()).isEqualTo(105);
    }

    @Test
    void onlyTheRangeThatChangedIsRead() {
        backup();
        scene.change("orders", 42, "changed");
        assertThat(readBy(() -> assertThat(backup().read().ranges()).isOne())).isEqualTo(10);
        assertThat(scene.rows(scene.heads().get(1))).isEqualTo(scene.database.rows());
    }

    @Test
    void rowsThatCameAndWentAreSeen() {
        backup();
        scene.database.with("orders", 5);
        scene.database.table("users").clear();
        assertThat(backup().read().ranges()).isEqualTo(2);
        scene.database.table("orders").subList(25, 105).clear();
        assertThat(backup().read().ranges())
                .as("the range that lost its second half")
                .isOne();
        assertThat(scene.rows(scene.heads().get(2))).isEqualTo(scene.database.rows());
    }

    @Test
    void aRelationWhoseFingerprintsMeanNothingIsReadInFullAndItsReasonIsTold() {
        scene.database.unreliable("users");
        scene.database.unreliable("nothing");
        backup();
        Reuse second = backup();
        assertThat(second.read().ranges()).isEqualTo(2);
        assertThat(second.inFull())
                .containsExactly(new Reuse.InFull("it is unreliable", 2, List.of("nothing", "users")));
    }

    @Test
    void aFullReadIsDoneWhenAskedForAndWhenTheLastOneIsOld() {
        Instant first = backup().fullReadAt();
        scene.fullRead = new FullRead(true, FullRead.DEFAULT_AFTER);
        Reuse asked = backup();
        assertThat(asked.fullRead()).contains("it was asked for");
        assertThat(asked.kept().ranges()).isZero();
        assertThat(asked.fullReadAt()).isAfter(first);

        scene.fullRead = new FullRead(false, Duration.ofDays(2));
        scene.clock.advance(Duration.ofDays(1));
        assertThat(backup().fullReadAt()).isEqualTo(asked.fullReadAt());
        scene.clock.advance(Duration.ofDays(1));
        assertThat(backup().fullRead())
                .hasValueSatisfying(why -> assertThat(why).contains("the last full read was on " + asked.fullReadAt()));
    }

    @Test
    void whatLiesInADamagedPackIsReadAgain() {
        Head first = scene.backup().head();
        var firstRange = new ByteArrayOutputStream();
        scene.database.table("orders").subList(0, 10).forEach(firstRange::writeBytes);
        Sha256 chunk = Sha256.of(firstRange.toByteArray());
        List<KnownPack> packs = first.packs().all(scene.repository.chunks());
        KnownPack pack = packs.stream()
                .filter(each -> ((PackState.Whole) PackCheck.check(scene.store, each.pack()))
                        .chunks().stream().anyMatch(place -> place.chunk().equals(chunk)))
                .findFirst()
                .orElseThrow();
        String name = "packs/" + pack.pack().hex().substring(0, 2) + "/" + pack.pack();
        Blobs.replace(scene.store, name, Blobs.flipped(Blobs.bytes(scene.store, name), 9));

        // each backup looks at some of the packs again, longest unread first
        long again = readBy(() -> packs.forEach(any -> backup()));
        assertThat(again).isBetween(10L, 105L);
        assertThat(scene.rows(scene.heads().get(packs.size()))).isEqualTo(scene.database.rows());
    }

    @Test
    void whatOnlyTheLeadCanGetAtIsKeptTheSame() {
        scene.database.forTheLeadAlone("orders");
        backup();
        assertThat(backup().kept().ranges()).isEqualTo(12);
    }

    @Test
    void aServerThatGivesFewerRowsThanItCountsIsNotBelieved() {
        scene.database.miscount();
        assertThatThrownBy(this::backup)
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_FAILED));
        assertThat(scene.heads()).isEmpty();
    }
}
