package dev.holdfast.engine;

import dev.holdfast.json.JsonObject;
import java.util.List;

/**
 * The database that has the name which a restored one is to take, as it was when it was looked at.
 *
 * @param identity which database it is, as {@link Database#identity} says
 * @param keptAs the name that it gets
 * @param bytes that it takes on the server
 * @param sessions who is connected to it
 */
public record Occupant(JsonObject identity, String keptAs, long bytes, List<Sessions> sessions) {
    /** Sessions of one role that call themselves the same. */
    public record Sessions(String role, String program, long count) {}

    public Occupant {
        sessions = List.copyOf(sessions);
    }
}
