package dev.holdfast.repository;

import dev.holdfast.json.JsonException;
import dev.holdfast.json.JsonObject;
import java.util.Set;

/**
 * Where a chunk is.
 *
 * @param chunk its id: the SHA-256 of its uncompressed bytes
 * @param pack the pack that holds it
 * @param offset of its zstd frame in the pack, in bytes
 * @param length of its zstd frame, in bytes
 * @param rawLength of its uncompressed bytes
 */
public record Place(Sha256 chunk, Sha256 pack, long offset, int length, int rawLength) {
    private static final Set<String> MEMBERS = Set.of("chunk", "pack", "offset", "length", "raw_length");

    public Place {
        if (offset < 0 || length < 1 || rawLength < 1) {
            throw new IllegalArgumentException("not a chunk's place: " + offset + ", " + length + ", " + rawLength);
        }
    }

    JsonObject json() {
        return new JsonObject()
                .put("chunk", chunk.hex())
                .put("pack", pack.hex())
                .put("offset", offset)
                .put("length", length)
                .put("raw_length", rawLength);
    }

    static Place of(JsonObject json) {
        json.only(MEMBERS);
        return new Place(
                Sha256.parse(json.string("chunk")),
                Sha256.parse(json.string("pack")),
                json.count("offset"),
                size(json.count("length")),
                size(json.count("raw_length")));
    }

    static int size(long bytes) {
        if (bytes < 0 || bytes > Integer.MAX_VALUE) {
            throw new JsonException("no chunk has " + bytes + " bytes");
        }
        return (int) bytes;
    }
}
