package dev.holdfast.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.Json;
import dev.holdfast.json.JsonObject;
import dev.holdfast.store.MemoryStore;
import dev.holdfast.testing.Blobs;
import dev.holdfast.testing.HostileJson;
import dev.holdfast.testing.ManualClock;
import dev.holdfast.testing.Race;
import dev.holdfast.testing.Repositories;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RepositoryTest {
    private final MemoryStore store = new MemoryStore(ManualClock.inJanuary());

    private static void assertCode(ErrorCode code, ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static JsonObject marker() {
        return new JsonObject()
                .put("format", 1)
                .put("id", "00000000-0000-4000-8000-000000000001")
                .put("created", "2026-01-01T00:00:00Z")
                .put("needs", List.of());
    }

    private void replaceMarker(byte[] bytes) {
        Blobs.replace(store, "holdfast.json", bytes);
    }

    @Test
    void twentyThatMakeARepositoryAtOnceGetTheSameOne() throws Exception {
        List<UUID> ids = Race.run(
                20, racer -> () -> Repository.openOrCreate(store, Examples.TIME).id());
        assertThat(ids).containsOnly(Repository.open(store).id());
        assertThat(Blobs.names(store)).contains("holdfast.json").containsAll(Repository.COMPANIONS);
        assertThat(Repository.openOrCreate(store, Examples.TIME.plusSeconds(5)).id())
                .isEqualTo(ids.get(0));
    }

    @Test
    void whereThereIsNoRepositoryNoneIsOpened() {
        assertThat(Repository.exists(store)).isFalse();
        assertCode(ErrorCode.NO_REPOSITORY, () -> Repository.open(store));
    }

    @Test
    void aRepositoryOfAFutureFormatIsTooNew() {
        Repositories.in(store);
        replaceMarker(Sealed.bytes(marker().put("format", 2)));
        assertCode(ErrorCode.TOO_NEW, () -> Repository.open(store));
        replaceMarker(Sealed.bytes(marker().put("needs", List.of("encryption"))));
        assertCode(ErrorCode.TOO_NEW, () -> Repository.open(store));
    }

    @Test
    void aSpoiledMarkerIsRefusedByAnErrorOfOurs() {
        Repositories.in(store);
        HostileJson.spoil(marker(), (what, bytes) -> {
            replaceMarker(what.endsWith("is double") ? bytes : Sealed.bytes(Json.object(bytes)));
            var failure = Examples.failureOf(what, () -> Repository.open(store));
            if (what.startsWith("/id") || what.endsWith("is double")) {
                assertThat(failure).as(what).isPresent();
            }
        });
    }

    @Test
    void avoidedPacksAreGatheredFromEveryRun() {
        Repository repository = Repositories.in(store);
        assertThat(repository.avoidedPacks()).isEmpty();
        avoid("1", List.of(Examples.digest("a").hex(), Examples.digest("b").hex()));
        avoid("2", List.of(Examples.digest("b").hex(), Examples.digest("c").hex()));

        assertThat(repository.avoidedPacks())
                .containsExactlyInAnyOrder(Examples.digest("a"), Examples.digest("b"), Examples.digest("c"));
    }

    private void avoid(String run, List<String> packs) {
        Blobs.create(store, "avoid/" + run + ".json", Sealed.bytes(new JsonObject().put("packs", packs)));
    }

    @Test
    void aSpoiledAvoidFileIsDamagedAndNotIgnored() {
        Repository repository = Repositories.in(store);
        avoid("1", List.of());
        HostileJson.spoil(
                new JsonObject().put("packs", List.of(Examples.digest("a").hex())), (what, bytes) -> {
                    Blobs.replace(
                            store,
                            "avoid/1.json",
                            what.endsWith("is double") ? bytes : Sealed.bytes(Json.object(bytes)));
                    boolean harmless = what.equals("/packs = []") || what.equals("/surprise is there");
                    assertThat(Examples.failureOf(what, repository::avoidedPacks)
                                    .isPresent())
                            .as(what)
                            .isEqualTo(!harmless);
                });
    }

    @Test
    void aPackIsHeldOnlyWithItsLength() {
        Repository repository = Repositories.in(store);
        var writer = new PackWriter(store, Examples.RUN);
        writer.add(new byte[10]);
        writer.flush();
        PackWriter.Written written = writer.written().get(0);

        assertThat(repository.holds(new KnownPack(written.pack(), written.length(), Examples.TIME)))
                .isTrue();
        assertThat(repository.holds(new KnownPack(written.pack(), written.length() + 1, Examples.TIME)))
                .isFalse();
        assertThat(repository.holds(Examples.pack(1))).isFalse();
    }
}
