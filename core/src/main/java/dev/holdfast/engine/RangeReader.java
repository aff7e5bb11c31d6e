package dev.holdfast.engine;

import dev.holdfast.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Reads ranges of one moment. Used by one thread at a time. */
public interface RangeReader {
    /**
     * The version fingerprints of ranges, asked for at once.
     *
     * @return one for each range, in their order; empty where the relation has none, or where this reader cannot get at it without waiting
     */
    List<Optional<Fingerprint>> fingerprints(List<Part> parts);

    /**
     * Reads one range, record after record, always in the same order for the same stored state.
     *
     * @return false, with nothing given to the sink, when this reader cannot get at the relation without waiting; the lead can
     */
    boolean read(Relation relation, JsonObject range, RecordSink sink);
}
