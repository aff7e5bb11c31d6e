package dev.holdfast.engine;

import dev.holdfast.json.JsonObject;
import java.util.Optional;

/**
 * Which server to throw away is wanted.
 *
 * @param place {@code auto} for the first that can be had, a word of the engine's for one kind, or the URL of a server that its operator
 *     gives for it
 * @param database the facts that stand in the backup's head, or as many of them as are known of a dump
 * @param source the URL of the database that was backed up, which the sandbox must not be; empty when it is not known
 */
public record SandboxOrder(String place, JsonObject database, Optional<String> source) {
    /** The place that leaves the choice to the engine. */
    public static final String AUTO = "auto";
}
