package dev.holdfast.engine;

import dev.holdfast.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * Something that holds rows (or pages) which belong to a backup.
 *
 * @param name unique within the database, for people
 * @param facts what the engine needs to know to read it again or bring it back
 * @param bytes an estimate of its size, for progress and for the order of work
 * @param ranges the parts it is read in, in the engine's own words; at least one
 * @param readInFull why no range is kept from the earlier backup, in a few words; empty when that has the same ranges, as far as both go,
 *     and each is kept whose fingerprint is the same
 */
public record Relation(
        String name, JsonObject facts, long bytes, List<JsonObject> ranges, Optional<String> readInFull) {
    public Relation {
        ranges = List.copyOf(ranges);
    }

    /** One of its ranges, by its number from 0. */
    public Part part(int range) {
        return new Part(this, ranges.get(range));
    }
}
