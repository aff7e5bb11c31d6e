package dev.holdfast.engine;

import dev.holdfast.json.JsonObject;

/** Reads ranges of one moment. Used by one thread at a time. */
public interface RangeReader {
    /**
     * Reads one range, record after record, always in the same order for the same stored state.
     *
     * @return false, with nothing given to the sink, when this reader cannot get at the relation without waiting; the lead can
     */
    boolean read(Relation relation, JsonObject range, RecordSink sink);
}
