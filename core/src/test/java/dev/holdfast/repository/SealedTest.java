package dev.holdfast.repository;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.Json;
import dev.holdfast.json.JsonObject;
import dev.holdfast.testing.Blobs;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealedTest {
    private static final JsonObject OBJECT =
            new JsonObject().put("run", "0123").put("packs", List.of("a", "b")).put("text", "\u00fc\"\\");

    private static void assertDamaged(byte[] bytes) {
        assertThatThrownBy(() -> Sealed.object(bytes, "leases/x.json"))
                .isInstanceOfSatisfying(HoldfastException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.DAMAGED);
                    assertThat(e).hasMessageContaining("leases/x.json");
                });
    }

    @Test
    void whatWasSealedComesBackAndIsStillPlainJson() {
        byte[] sealed = Sealed.bytes(OBJECT);
        assertThat(Sealed.object(sealed, "x")).isEqualTo(OBJECT);

        String text = new String(sealed, UTF_8);
        assertThat(text).endsWith("\"}\n");
        int seal = text.indexOf(",\"seal\":\"");
        assertThat(Json.object(sealed, 0, sealed.length - 1).string("seal"))
                .as("the digest of every byte before the comma")
                .isEqualTo(Sha256.of(text.substring(0, seal).getBytes(UTF_8)).hex());
    }

    @Test
    void everyFlippedBitIsFound() {
        byte[] sealed = Sealed.bytes(OBJECT);
        for (long bit = 0; bit < sealed.length * 8L; bit++) {
            assertDamaged(Blobs.flipped(sealed, bit));
        }
    }

    @Test
    void everyCutIsFound() {
        byte[] sealed = Sealed.bytes(OBJECT);
        for (int length = 0; length < sealed.length; length++) {
            assertDamaged(Blobs.cut(sealed, length));
            assertDamaged(Arrays.copyOfRange(sealed, sealed.length - length, sealed.length));
        }
    }

    @Test
    void addedAndExchangedBytesAreFound() {
        byte[] sealed = Sealed.bytes(OBJECT);
        assertDamaged(Arrays.copyOf(sealed, sealed.length + 1));
        var doubled = Arrays.copyOf(sealed, sealed.length * 2);
        System.arraycopy(sealed, 0, doubled, sealed.length, sealed.length);
        assertDamaged(doubled);
        assertDamaged(Json.bytes(OBJECT));
        assertDamaged("{}".getBytes(UTF_8));
    }

    /** Whoever writes wrong JSON and seals it has not made it right. */
    @Test
    void aSealDoesNotMakeBadJsonGood() {
        for (String body : List.of("{\"a\":1,\"a\":2", "[1", "{\"a\":", "x")) {
            String tail = ",\"seal\":\"" + Sha256.of(body.getBytes(UTF_8)).hex() + "\"}\n";
            assertDamaged((body + tail).getBytes(UTF_8));
        }
    }
}
