package dev.holdfast.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.Head;
import dev.holdfast.repository.KnownPack;
import dev.holdfast.repository.Sealed;
import dev.holdfast.repository.Sha256;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.store.BlobName;
import dev.holdfast.testing.Blobs;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A backup never leans on damage: what is damaged in its parent is stored anew, and said. */
class DamagedParentTest {
    private final Scene scene = Scene.shop();
    private final Head parent = scene.backup().head();

    private Set<Sha256> packsOf(Head head) {
        return head.packs().all(scene.repository.chunks()).stream()
                .map(KnownPack::pack)
                .collect(Collectors.toSet());
    }

    private static String nameOf(Sha256 pack) {
        return "packs/" + pack.hex().substring(0, 2) + "/" + pack;
    }

    /** Takes the next backup and shows that it shares nothing, says so, and gives back every row. */
    private Head takesAllAnew(String... findings) {
        scene.clock.advance(Duration.ofMinutes(1));
        Run run = scene.run();
        Head next = scene.backup(scene.store, run).head();

        assertThat(run.findings()).extracting(Finding::code).isNotEmpty().isSubsetOf(findings);
        assertThat(next.contents().findings()).as("the head keeps them").isEqualTo(run.findings());
        assertThat(Collections.disjoint(packsOf(next), packsOf(parent))).isTrue();
        assertThat(scene.rows(next)).isEqualTo(scene.database.rows());
        return next;
    }

    static Stream<Arguments> damages() {
        UnaryOperator<byte[]> flip = bytes -> Blobs.flipped(bytes, bytes.length * 4L);
        UnaryOperator<byte[]> lastByte = bytes -> Blobs.cut(bytes, bytes.length - 1);
        UnaryOperator<byte[]> half = bytes -> Blobs.cut(bytes, bytes.length / 2);
        UnaryOperator<byte[]> empty = bytes -> new byte[0];
        UnaryOperator<byte[]> zeros = bytes -> new byte[bytes.length];
        return Stream.of(
                Arguments.of("a flipped bit", flip),
                Arguments.of("cut by its last byte", lastByte),
                Arguments.of("cut in half", half),
                Arguments.of("empty", empty),
                Arguments.of("zeros", zeros));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void nothingIsSharedWithABackupWhoseHeadIsDamaged(String what, UnaryOperator<byte[]> damage) {
        String head = "backups/" + parent.name() + ".json";
        Blobs.replace(scene.store, head, damage.apply(Blobs.bytes(scene.store, head)));

        assertThat(takesAllAnew("damaged_backup").contents().parent()).as(what).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void nothingIsSharedWithABackupWhoseDigestIsDamaged(String what, UnaryOperator<byte[]> damage) {
        String digest = "backups/" + parent.name() + ".json.sha256";
        Blobs.replace(scene.store, digest, damage.apply(Blobs.bytes(scene.store, digest)));

        assertThat(takesAllAnew("damaged_backup").contents().parent()).as(what).isEmpty();
    }

    @Test
    void nothingIsSharedWithABackupWhoseDigestIsMissing() {
        scene.store.delete(new BlobName("backups/" + parent.name() + ".json.sha256"));
        takesAllAnew("damaged_backup");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void whatDamagedPacksHeldIsStoredAnew(String what, UnaryOperator<byte[]> damage) {
        for (Sha256 pack : packsOf(parent)) {
            Blobs.replace(scene.store, nameOf(pack), damage.apply(Blobs.bytes(scene.store, nameOf(pack))));
        }
        // a relation list that can still be read leads to the packs, of which each is found damaged
        assertThat(takesAllAnew("damaged_backup", "damaged_pack").name())
                .as(what)
                .isNotEqualTo(parent.name());
    }

    @Test
    void anyOnePackThatIsMissingIsFoundAndWhatItHeldIsStoredAnew() {
        for (Sha256 pack : packsOf(parent)) {
            byte[] bytes = Blobs.bytes(scene.store, nameOf(pack));
            scene.store.delete(new BlobName(nameOf(pack)));
            scene.clock.advance(Duration.ofMinutes(1));
            Run run = scene.run();
            Head next = scene.backup(scene.store, run).head();

            assertThat(run.findings()).as("it is said").isNotEmpty();
            assertThat(packsOf(next)).doesNotContain(pack);
            assertThat(scene.rows(next)).isEqualTo(scene.database.rows());
            Blobs.create(scene.store, nameOf(pack), bytes);
            scene.store.delete(new BlobName("backups/" + next.name() + ".json")); // back to the first parent
        }
    }

    @Test
    void nothingIsSharedWithPacksThatAreAvoided() {
        List<String> all = packsOf(parent).stream().map(Sha256::hex).toList();
        Blobs.create(scene.store, "avoid/x.json", Sealed.bytes(new JsonObject().put("packs", all)));
        scene.clock.advance(Duration.ofMinutes(1));
        Run run = scene.run();
        Head next = scene.backup(scene.store, run).head();

        assertThat(packsOf(next)).doesNotContainAnyElementsOf(packsOf(parent));
        assertThat(scene.rows(next)).isEqualTo(scene.database.rows());
        assertThat(scene.addedBy(scene::backup))
                .as("the one after it shares with the new ones")
                .hasSize(3);
    }

    @Test
    void aDamagedBackupIsPassedOverForTheOneBeforeIt() {
        Head second = scene.backup().head();
        String head = "backups/" + second.name() + ".json";
        Blobs.replace(scene.store, head, Arrays.copyOf(Blobs.bytes(scene.store, head), 100));
        scene.clock.advance(Duration.ofMinutes(1));
        Run run = scene.run();
        Head third = scene.backup(scene.store, run).head();

        assertThat(run.findings())
                .extracting(Finding::code, Finding::object)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        "damaged_backup", second.name().toString()));
        assertThat(third.contents().parent()).contains(parent.name().id());
        assertThat(packsOf(third)).isEqualTo(packsOf(parent));
    }
}
