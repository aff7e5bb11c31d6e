package dev.holdfast.engine;

import dev.holdfast.json.JsonObject;
import java.util.List;

/**
 * Something that holds rows (or pages) which belong to a backup.
 *
 * @param name unique within the database, for people
 * @param facts what the engine needs to know to read it again or bring it back
 * @param bytes an estimate of its size, for progress and for the order of work
 * @param ranges the parts it is read in, in the engine's own words; at least one
 */
public record Relation(String name, JsonObject facts, long bytes, List<JsonObject> ranges) {
    public Relation {
        ranges = List.copyOf(ranges);
    }
}
