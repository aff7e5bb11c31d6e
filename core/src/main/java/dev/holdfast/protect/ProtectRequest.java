package dev.holdfast.protect;

import dev.holdfast.json.JsonObject;

/**
 * What is wanted of a database's marker.
 *
 * @param on whether it is to be there
 * @param by who wants it: user, host, version of Holdfast
 */
public record ProtectRequest(boolean on, JsonObject by) {
    /** The verb, as the journal and the command line spell it. */
    String kind() {
        return on ? "protect" : "unprotect";
    }
}
