package dev.holdfast.drill;

import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.Holder;
import java.util.Optional;

/**
 * What is asked of a drill.
 *
 * @param jobs how many connections work at once, at least one
 * @param by who asks, for the journal
 */
public record DrillRequest(
        BackupName backup, Where where, Expectations expectations, int jobs, JsonObject by, Holder holder) {
    /**
     * Where it is to be.
     *
     * @param place as {@link dev.holdfast.engine.SandboxOrder#place}
     * @param source the URL of the database that was backed up, which the sandbox must not be; empty when it is not known
     * @param keep whether the sandbox stays, for people to look at
     */
    public record Where(String place, Optional<String> source, boolean keep) {}
}
