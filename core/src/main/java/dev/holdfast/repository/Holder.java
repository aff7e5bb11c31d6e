package dev.holdfast.repository;

import dev.holdfast.json.JsonObject;

/**
 * The process behind a run, so that a dead one is recognized on its own host.
 *
 * @param boot which start of the host's system, empty where that is not known
 */
public record Holder(String host, String boot, long pid) {
    /** Adds these facts to an object. */
    public JsonObject in(JsonObject json) {
        return json.put("host", host).put("boot", boot).put("pid", pid);
    }

    /** Reads what {@link #in} wrote. */
    public static Holder of(JsonObject json) {
        return new Holder(json.string("host"), json.string("boot"), json.count("pid"));
    }

    /** Whether the other one's process is seen to have ended: only for one of the same host, since it was last started. */
    public boolean hasOutlived(Holder other) {
        return !boot.isEmpty()
                && host.equals(other.host)
                && boot.equals(other.boot)
                && ProcessHandle.of(other.pid).isEmpty();
    }

    /** Whether the other one may have ended with a start of the host: one of a host of that name, which may be another one. */
    public boolean mayHaveOutlived(Holder other) {
        return !boot.isEmpty() && !other.boot.isEmpty() && host.equals(other.host) && !boot.equals(other.boot);
    }
}
