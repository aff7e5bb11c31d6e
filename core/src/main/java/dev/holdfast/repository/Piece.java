package dev.holdfast.repository;

import dev.holdfast.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A ready-to-run part of a backup beside its rows, such as the schema archive.
 *
 * @param name a file name
 * @param bytes its length
 * @param chunks its bytes, in order
 */
public record Piece(String name, long bytes, List<Place> chunks) {
    private static final Pattern FILE_NAME = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,255}");

    public Piece {
        if (!FILE_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a piece's file name: " + name);
        }
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
