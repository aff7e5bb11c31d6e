package dev.holdfast.drill;

import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.Holder;
import java.nio.file.Path;
import java.util.List;

/**
 * What is asked of a drill of a dump that others made.
 *
 * @param passedOver why other files were not taken, one line each
 * @param where it is to be
 * @param jobs how many connections work at once, at least one
 * @param by who asks, for the journal
 */
public record FileDrillRequest(
        Path file,
        List<String> passedOver,
        Where where,
        Expectations expectations,
        int jobs,
        JsonObject by,
        Holder holder) {
    public FileDrillRequest {
        passedOver = List.copyOf(passedOver);
    }

    /**
     * Where it is to be, and how far the dump is trusted.
     *
     * @param place as {@link dev.holdfast.engine.SandboxOrder#place}, but for a URL
     * @param keep whether the sandbox stays, for people to look at
     * @param superuser as {@link dev.holdfast.engine.DumpOrder#superuser}
     */
    public record Where(String place, boolean keep, boolean superuser) {}
}
