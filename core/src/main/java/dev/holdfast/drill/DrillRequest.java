package dev.holdfast.drill;

import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.Holder;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of a drill.
 *
 * @param source the URL of the database that was backed up, which the sandbox must not be; empty when it is not known
 * @param questions of people, whose answers must be true
 * @param jobs how many connections work at once, at least one
 * @param by who asks, for the journal
 */
public record DrillRequest(
        BackupName backup, Optional<String> source, List<String> questions, int jobs, JsonObject by, Holder holder) {
    public DrillRequest {
        questions = List.copyOf(questions);
    }
}
