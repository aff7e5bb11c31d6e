package dev.holdfast.repository;

import dev.holdfast.json.JsonObject;
import java.util.Set;

/**
 * Sums over a backup.
 *
 * @param relations how many relations
 * @param rows in all relations
 * @param bytes of all rows, uncompressed
 * @param chunks of all relations
 * @param storedBytes what this backup added to the repository in new packs
 */
public record Totals(long relations, long rows, long bytes, long chunks, long storedBytes) {
    JsonObject json() {
        return new JsonObject()
                .put("relations", relations)
                .put("rows", rows)
                .put("bytes", bytes)
                .put("chunks", chunks)
                .put("stored_bytes", storedBytes);
    }

    static Totals of(JsonObject json) {
        json.only(Set.of("relations", "rows", "bytes", "chunks", "stored_bytes"));
        return new Totals(
                json.count("relations"),
                json.count("rows"),
                json.count("bytes"),
                json.count("chunks"),
                json.count("stored_bytes"));
    }
}
