package dev.holdfast.engine;

import dev.holdfast.json.JsonObject;
import java.util.Optional;
import java.util.function.Function;

/**
 * An earlier backup of a database, to be compared with.
 *
 * @param fullRead why nothing of it may be kept without being read, in a few words; empty when the engine is to decide
 * @param database the facts that {@link Capture#settle} gave for it
 * @param relation the facts that a {@link Relation} of a name had in it
 */
public record Earlier(Optional<String> fullRead, JsonObject database, Function<String, Optional<JsonObject>> relation) {
    /** No backup, or none that counts. */
    public static Earlier none(String why) {
        return new Earlier(Optional.of(why), new JsonObject(), name -> Optional.empty());
    }
}
