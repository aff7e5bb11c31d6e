package dev.holdfast.repository;

import dev.holdfast.json.JsonObject;
import java.util.HexFormat;

/**
 * How many records, and the sum modulo 2^128 of their 128-bit hashes: a content digest that does not depend on order, and whose parts
 * add up.
 *
 * @param high the upper 64 bits of the sum
 * @param low the lower 64 bits of the sum
 */
public record Tally(long count, long high, long low) {
    public static final Tally ZERO = new Tally(0, 0, 0);

    public Tally plus(Tally other) {
        long sum = low + other.low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        return new Tally(count + other.count, high + other.high + carry, sum);
    }

    /** The content digest: 32 lower-case hex digits. */
    public String digest() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }

    /** Adds the members {@code count} and {@code digest}. */
    JsonObject writeTo(JsonObject object) {
        return object.put("count", count).put("digest", digest());
    }

    static Tally readFrom(JsonObject object) {
        String digest = object.string("digest");
        if (digest.length() != 32) {
            throw new IllegalArgumentException("not a content digest: " + digest);
        }
        return new Tally(
                object.count("count"),
                HexFormat.fromHexDigitsToLong(digest, 0, 16),
                HexFormat.fromHexDigitsToLong(digest, 16, 32));
    }
}
