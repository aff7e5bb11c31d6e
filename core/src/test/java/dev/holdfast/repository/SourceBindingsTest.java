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
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SourceBindingsTest {
    private final MemoryStore store = new MemoryStore(ManualClock.inJanuary());
    private final SourceBindings bindings = Repositories.in(store).sources();

    private static JsonObject identity(int system) {
        return new JsonObject().put("system", "s" + system).put("oid", 16384);
    }

    private void bind(int system) {
        bindings.bind(Examples.SHOP, identity(system), Examples.TIME);
    }

    @Test
    void aSourceIsBoundToTheDatabasesOfItsBindingsOldestFirst() {
        assertThat(bindings.identities(Examples.SHOP)).isEmpty();
        bind(1);
        bind(2);
        bind(3);

        assertThat(bindings.identities(Examples.SHOP)).containsExactly(identity(1), identity(2), identity(3));
        assertThat(bindings.sources()).containsExactly(Examples.SHOP);
        assertThat(Blobs.names(store, "backups"))
                .containsExactlyInAnyOrder(
                        "backups/shop/source.json", "backups/shop/source-2.json", "backups/shop/source-3.json");
    }

    @Test
    void ofManyThatBindASourceToTheirOwnDatabaseOneWinsAndTheOthersAreRefused() throws Exception {
        for (int round = 0; round < 20; round++) {
            var source = new SourceName("s" + round);
            List<Integer> outcomes = Race.run(8, racer -> () -> {
                try {
                    // each believes that the source is not bound yet
                    bindings.bind(source, identity(racer), Examples.TIME);
                    return racer;
                } catch (HoldfastException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_MISMATCH);
                    return -1;
                }
            });
            List<JsonObject> winners = outcomes.stream()
                    .filter(outcome -> outcome >= 0)
                    .map(SourceBindingsTest::identity)
                    .toList();
            assertThat(winners).isNotEmpty();
            assertThat(bindings.identities(source)).containsExactlyInAnyOrderElementsOf(winners);
        }
    }

    @Test
    void manyThatBindASourceToTheSameDatabaseAllSucceed() throws Exception {
        Race.run(8, racer -> () -> {
            bind(1);
            return true;
        });
        assertThat(bindings.identities(Examples.SHOP)).containsOnly(identity(1));
    }

    @Test
    void aSpoiledBindingIsDamagedAndNeverTakenForNone() {
        bind(1);
        var good = new JsonObject()
                .put("source", "shop")
                .put("identity", identity(1))
                .put("bound_at", "x");
        HostileJson.spoil(good, (what, bytes) -> {
            boolean isDouble = what.endsWith("is double");
            Blobs.replace(store, "backups/shop/source.json", isDouble ? bytes : Sealed.bytes(Json.object(bytes)));
            var failure = Examples.failureOf(what, () -> Objects.requireNonNull(bindings.identities(Examples.SHOP)));
            if (isDouble || what.equals("/identity is missing") || what.equals("/identity = x")) {
                assertThat(failure).as(what).isPresent();
            } else if (failure.isEmpty()) {
                assertThat(bindings.identities(Examples.SHOP)).hasSize(1);
            }
        });
        Blobs.replace(store, "backups/shop/source.json", new byte[0]);
        assertThatThrownBy(() -> bindings.identities(Examples.SHOP)).isInstanceOf(HoldfastException.class);
    }
}
