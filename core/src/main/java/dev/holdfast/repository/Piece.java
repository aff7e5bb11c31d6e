package dev.holdfast.repository;

import dev.holdfast.json.JsonObject;
import java.util.List;
import java.util.Set;

/**
 * A ready-to-run part of a backup beside its rows, such as the schema archive.
 *
 * @param name a file name
 * @param bytes its length
 * @param chunks its bytes, in order
 */
public record Piece(String name, long bytes, List<Place> chunks) {
    public Piece {
        chunks = List.copyOf(chunks);
    }

    JsonObject json() {
        return new JsonObject()
                .put("name", name)
                .put("bytes", bytes)
                .put("chunks", chunks.stream().map(Place::json).toList());
    }

    static Piece of(JsonObject json) {
        json.only(Set.of("name", "bytes", "chunks"));
        return new Piece(json.string("name"), json.count("bytes"), json.objects("chunks", Place::of));
    }
}
