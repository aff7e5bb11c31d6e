package dev.holdfast.repository;

import dev.holdfast.json.JsonException;
import dev.holdfast.json.JsonObject;
import java.util.List;
import java.util.Set;

/**
 * One relation as the relation list holds it.
 *
 * @param name unique in its backup, for people and for finding the same relation in another backup
 * @param relation the engine's own words for it
 * @param tally what its records add up to
 * @param bytes of all its records, uncompressed
 * @param chunks how many chunks it has
 * @param lists its chunk lists, in order
 */
public record RelationEntry(String name, JsonObject relation, Tally tally, long bytes, long chunks, List<Place> lists) {
    public RelationEntry {
        lists = List.copyOf(lists);
    }

    /** A relation without rows. */
    public static RelationEntry empty(String name, JsonObject relation) {
        return new RelationEntry(name, relation, Tally.ZERO, 0, 0, List.of());
    }

    JsonObject json() {
        var json = tally.writeTo(new JsonObject().put("name", name).put("relation", relation));
        return json.put("bytes", bytes)
                .put("chunks", chunks)
                .put("lists", lists.stream().map(Place::json).toList());
    }

    static RelationEntry of(JsonObject json) {
        json.only(Set.of("name", "relation", "count", "digest", "bytes", "chunks", "lists"));
        try {
            return new RelationEntry(
                    json.string("name"),
                    json.object("relation"),
                    Tally.readFrom(json),
                    json.count("bytes"),
                    json.count("chunks"),
                    json.objects("lists", Place::of));
        } catch (IllegalArgumentException e) {
            throw new JsonException(String.valueOf(e.getMessage()), e);
        }
    }
}
