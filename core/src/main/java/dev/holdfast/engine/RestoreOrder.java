package dev.holdfast.engine;

import dev.holdfast.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is to be brought back, and how.
 *
 * @param newName the name that the restored database is to have
 * @param database the facts that {@link Capture#settle} gave when the backup was taken
 * @param relations the facts of every relation of the backup
 * @param piece gives the bytes of a piece by its name; an unknown name is an error
 * @param owners whether owners and rights are restored, too
 * @param keptAs the name under which the database is kept that has the name now; empty when none must have it
 */
public record RestoreOrder(
        String newName,
        JsonObject database,
        List<JsonObject> relations,
        Function<String, byte[]> piece,
        boolean owners,
        Optional<String> keptAs) {
    public RestoreOrder {
        relations = List.copyOf(relations);
    }

    /** Into a database of a name that none has yet. */
    public RestoreOrder(
            String newName,
            JsonObject database,
            List<JsonObject> relations,
            Function<String, byte[]> piece,
            boolean owners) {
        this(newName, database, relations, piece, owners, Optional.empty());
    }
}
