package dev.holdfast.engine;

import dev.holdfast.json.JsonObject;
import java.util.List;
import java.util.function.Function;

/**
 * What is to be brought back, and how.
 *
 * @param newName the database to be made
 * @param database the facts that {@link Capture#settle} gave when the backup was taken
 * @param relations the facts of every relation of the backup
 * @param piece gives the bytes of a piece by its name; an unknown name is an error
 * @param owners whether owners and rights are restored, too
 */
public record RestoreOrder(
        String newName,
        JsonObject database,
        List<JsonObject> relations,
        Function<String, byte[]> piece,
        boolean owners) {
    public RestoreOrder {
        relations = List.copyOf(relations);
    }
}
