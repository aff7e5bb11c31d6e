package dev.holdfast.repository;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.Json;
import dev.holdfast.json.JsonObject;
import dev.holdfast.testing.Blobs;
import dev.holdfast.testing.HostileJson;
import dev.holdfast.testing.Seeds;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PackFooterTest {
    private static final long DATA = 300;
    private static final PackFooter FOOTER = new PackFooter(
            Examples.RUN,
            List.of(
                    new PackFooter.Entry(Examples.digest("a"), 0, 100, 1000),
                    new PackFooter.Entry(Examples.digest("b"), 100, 199, 0),
                    new PackFooter.Entry(Examples.digest("c"), 299, 1, Integer.MAX_VALUE)));

    private static byte[] trailerOf(byte[] frame) {
        return Arrays.copyOfRange(frame, frame.length - PackFooter.TRAILER, frame.length);
    }

    private static byte[] frame(byte[] json) {
        return ByteBuffer.allocate(json.length + 16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x184D2A50)
                .putInt(json.length + 8)
                .put(json)
                .putInt(json.length + 16)
                .put("HFPK".getBytes(US_ASCII))
                .array();
    }

    private static void assertDamaged(ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DAMAGED));
    }

    @Test
    void aFooterComesBackAndIsFoundFromItsEnd() {
        byte[] frame = FOOTER.bytes();
        assertThat(PackFooter.length(trailerOf(frame), DATA + frame.length)).isEqualTo(frame.length);
        assertThat(PackFooter.parse(frame, DATA)).isEqualTo(FOOTER);
        assertThat(frame(Arrays.copyOfRange(frame, 8, frame.length - 8))).isEqualTo(frame);

        var empty = new PackFooter(Examples.RUN, List.of());
        assertThat(PackFooter.parse(empty.bytes(), 0)).isEqualTo(empty);
    }

    @Test
    void aFooterThatDoesNotFillItsPackIsDamaged() {
        byte[] frame = FOOTER.bytes();
        assertDamaged(() -> PackFooter.parse(frame, DATA - 1));
        assertDamaged(() -> PackFooter.parse(frame, DATA + 1));
        assertDamaged(() -> PackFooter.parse(frame, 0));
    }

    @Test
    void chunksThatOverlapOrLeaveAGapAreDamaged() {
        for (List<PackFooter.Entry> entries : List.of(
                List.of(new PackFooter.Entry(Examples.digest("a"), 1, 299, 1)),
                List.of(
                        new PackFooter.Entry(Examples.digest("a"), 0, 100, 1),
                        new PackFooter.Entry(Examples.digest("b"), 99, 201, 1)),
                List.of(
                        new PackFooter.Entry(Examples.digest("a"), 0, 0, 1),
                        new PackFooter.Entry(Examples.digest("b"), 0, 300, 1)),
                List.of(
                        new PackFooter.Entry(Examples.digest("a"), 0, 301, 1),
                        new PackFooter.Entry(Examples.digest("b"), 301, -1, 1)),
                List.of(new PackFooter.Entry(Examples.digest("a"), 0, 300, -1)))) {
            assertDamaged(() -> PackFooter.parse(new PackFooter(Examples.RUN, entries).bytes(), DATA));
        }
    }

    @Test
    void aTrailerThatIsNoneIsDamaged() {
        byte[] trailer = trailerOf(FOOTER.bytes());
        for (int bit = 32; bit < 64; bit++) {
            byte[] flipped = Blobs.flipped(trailer, bit);
            assertDamaged(() -> PackFooter.length(flipped, 10_000));
        }
        for (int length : new int[] {0, 15, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 10_001}) {
            byte[] wrong = ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(length)
                    .put("HFPK".getBytes(US_ASCII))
                    .array();
            assertDamaged(() -> PackFooter.length(wrong, 10_000));
        }
    }

    @Test
    void everySpoiledFooterIsDamaged() {
        byte[] frame = FOOTER.bytes();
        JsonObject json = Json.object(frame, 8, frame.length - 16);
        List<String> accepted = new ArrayList<>();
        HostileJson.spoil(json, (what, bytes) -> {
            if (Examples.failureOf(what, () -> PackFooter.parse(frame(bytes), DATA))
                    .isEmpty()) {
                accepted.add(what);
            }
        });
        assertThat(accepted)
                .as("an offset or a length that is what it was, or another raw length, which the frame itself shows")
                .allMatch(what -> what.equals("/chunks[0][1] = 0") || what.matches("/chunks\\[\\d\\]\\[3\\] = 0"));
    }

    @Test
    void bytesOfAnyKindAreDamagedAndNothingElse() {
        Seeds.of("PackFooterTest.bytesOfAnyKind").rounds(1000, random -> {
            var bytes = new byte[16 + random.nextInt(100)];
            random.nextBytes(bytes);
            assertDamaged(() -> PackFooter.parse(bytes, random.nextInt(1000)));
            byte[] text = "{\"run\":[[[".getBytes(UTF_8);
            assertDamaged(() -> PackFooter.parse(frame(text), DATA));
        });
    }
}
