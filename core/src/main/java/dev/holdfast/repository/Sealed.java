package dev.holdfast.repository;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.Json;
import dev.holdfast.json.JsonException;
import dev.holdfast.json.JsonObject;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Small JSON blobs that carry their own digest, so that a flipped bit is found: the last member is {@code "seal"}, the SHA-256 of every
 * byte before the comma in front of it; the blob ends with a line feed.
 */
public final class Sealed {
    private static final String MEMBER = ",\"seal\":\"";
    private static final String END = "\"}\n";
    private static final int TAIL = MEMBER.length() + 64 + END.length();

    private Sealed() {}

    /** The object's bytes with the seal; the object must have at least one member. */
    public static byte[] bytes(JsonObject object) {
        byte[] json = Json.bytes(object);
        int body = json.length - 1; // without the closing brace
        byte[] tail = (MEMBER + Sha256.of(json, 0, body).hex() + END).getBytes(US_ASCII);
        byte[] sealed = Arrays.copyOf(json, body + tail.length);
        System.arraycopy(tail, 0, sealed, body, tail.length);
        return sealed;
    }

    /** Reads sealed bytes, without the seal; bytes that are not what was sealed are an error with the code {@code DAMAGED}. */
    public static JsonObject object(byte[] sealed, Object name) {
        int body = sealed.length - TAIL;
        if (body < 1) {
            throw damaged(name, "it is cut");
        }
        String tail = new String(sealed, body, TAIL, US_ASCII);
        String expected = MEMBER + Sha256.of(sealed, 0, body).hex() + END;
        if (!tail.equals(expected)) {
            throw damaged(name, "its bytes do not match its seal");
        }
        try {
            byte[] json = Arrays.copyOf(sealed, body + 1);
            json[body] = '}';
            return Json.object(json);
        } catch (JsonException e) {
            throw damaged(name, String.valueOf(e.getMessage()));
        }
    }

    /** Reads sealed bytes and makes something of them; members that are not as they should be are damage, too. */
    static <T> T read(byte[] sealed, Object name, Function<JsonObject, T> reader) {
        try {
            return reader.apply(object(sealed, name));
        } catch (JsonException | IllegalArgumentException e) {
            throw damaged(name, String.valueOf(e.getMessage()));
        }
    }

    private static HoldfastException damaged(Object name, String why) {
        return new HoldfastException(ErrorCode.DAMAGED, name + " is damaged: " + why);
    }
}
