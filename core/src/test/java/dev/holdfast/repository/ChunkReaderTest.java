package dev.holdfast.repository;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.Json;
import dev.holdfast.json.JsonObject;
import dev.holdfast.run.RunId;
import dev.holdfast.store.MemoryStore;
import dev.holdfast.testing.Blobs;
import dev.holdfast.testing.HostileJson;
import dev.holdfast.testing.ManualClock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChunkReaderTest {
    private static final byte[] CHUNK = "rows and rows and rows".getBytes(UTF_8);

    private final MemoryStore store = new MemoryStore(ManualClock.inJanuary());
    private final ChunkReader reader = new ChunkReader(store);
    private final Place old = write(Examples.RUN);

    private Place write(RunId run) {
        var writer = new PackWriter(store, run);
        PackedChunk packed = writer.add(CHUNK);
        writer.flush();
        return packed.place();
    }

    private Place elsewhere() {
        return write(new RunId("f".repeat(32)));
    }

    private void forward(List<Place> places) {
        forward(old, 1, places);
    }

    private void forward(Place from, int number, List<Place> places) {
        var json =
                new JsonObject().put("chunks", places.stream().map(Place::json).toList());
        Blobs.create(store, Layout.forward(from.pack(), number).path(), Sealed.bytes(json));
    }

    private void damageThePack() {
        String name = Layout.pack(old.pack()).path();
        Blobs.replace(store, name, Blobs.flipped(Blobs.bytes(store, name), old.length() * 8L - 20));
    }

    private void assertDamaged(Place place) {
        assertThatThrownBy(() -> reader.read(place)).isInstanceOfSatisfying(HoldfastException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.DAMAGED);
            assertThat(e).hasMessageContaining(place.pack().hex());
        });
    }

    @Test
    void aChunkIsReadFromItsPack() {
        assertThat(reader.read(old)).isEqualTo(CHUNK);
    }

    @Test
    void withoutItsPackAChunkIsReadWhereTheForwardSays() {
        forward(List.of(Examples.place(7), elsewhere()));
        store.delete(Layout.pack(old.pack()));

        assertThat(reader.read(old)).isEqualTo(CHUNK);
    }

    @Test
    void aChunkOfADamagedPackIsReadWhereTheForwardSays() {
        forward(List.of(elsewhere()));
        damageThePack();

        assertThat(reader.read(old)).isEqualTo(CHUNK);
    }

    @Test
    void aSecondForwardStandsBesideTheFirstAndForwardsMayFollowOneAnother() {
        Place gone = elsewhere();
        Place now = write(new RunId("e".repeat(32)));
        forward(old, 1, List.of(Examples.place(7)));
        forward(old, 2, List.of(gone));
        forward(gone, 1, List.of(now));
        store.delete(Layout.pack(old.pack()));
        store.delete(Layout.pack(gone.pack()));

        assertThat(reader.read(old)).isEqualTo(CHUNK);
    }

    @Test
    void forwardsThatGoInACircleEnd() {
        Place other = elsewhere();
        forward(old, 1, List.of(other));
        forward(other, 1, List.of(old));
        store.delete(Layout.pack(old.pack()));
        store.delete(Layout.pack(other.pack()));

        assertDamaged(old);
    }

    @Test
    void aChunkThatIsNowhereIsDamaged() {
        damageThePack();
        assertDamaged(old);
        forward(List.of(Examples.place(7)));
        assertDamaged(old);
    }

    @Test
    void aForwardIsNotBelievedButItsChunkIsHashedToo() {
        var wrong = new Place(old.chunk(), elsewhere().pack(), 0, old.length() - 1, old.rawLength());
        forward(List.of(wrong));
        damageThePack();

        assertThatThrownBy(() -> reader.read(old))
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DAMAGED));
    }

    @Test
    void aDamagedForwardIsDamageWhateverTheReason() {
        Place now = elsewhere();
        damageThePack();
        String name = Layout.forward(old.pack(), 1).path();
        var good = new JsonObject().put("chunks", List.of(now.json()));
        HostileJson.spoil(good, (what, bytes) -> {
            boolean readable = !what.endsWith("is double");
            Blobs.replace(store, name, readable ? Sealed.bytes(Json.object(bytes)) : bytes);
            Examples.failureOf(what, () -> reader.read(old));
        });
        Blobs.replace(store, name, Blobs.flipped(Sealed.bytes(good), 11));
        assertThat(Examples.failureOf("a flipped bit", () -> reader.read(old))).isPresent();
    }

    static Stream<Place> wrongPlaces() {
        Place right = new ChunkReaderTest().old;
        return Stream.of(
                new Place(right.chunk(), right.pack(), 1, right.length(), right.rawLength()),
                new Place(right.chunk(), right.pack(), 0, right.length() - 1, right.rawLength()),
                new Place(right.chunk(), right.pack(), 0, 1, right.rawLength()),
                new Place(right.chunk(), right.pack(), 0, right.length(), right.rawLength() - 1),
                new Place(right.chunk(), right.pack(), 0, right.length(), right.rawLength() + 1),
                new Place(right.chunk(), right.pack(), 0, right.length(), Integer.MAX_VALUE),
                new Place(right.chunk(), right.pack(), Long.MAX_VALUE, right.length(), right.rawLength()),
                new Place(right.chunk(), right.pack(), 0, Integer.MAX_VALUE, right.rawLength()),
                new Place(Examples.digest("other"), right.pack(), 0, right.length(), right.rawLength()),
                new Place(right.chunk(), Examples.digest("other"), 0, right.length(), right.rawLength()));
    }

    @ParameterizedTest
    @MethodSource("wrongPlaces")
    void aPlaceThatIsNotTheChunksIsDamaged(Place place) {
        assertDamaged(place);
    }
}
