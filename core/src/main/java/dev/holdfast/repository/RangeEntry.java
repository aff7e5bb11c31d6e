package dev.holdfast.repository;

import dev.holdfast.json.JsonObject;
import java.util.List;

/**
 * One range of a relation as a chunk list holds it.
 *
 * @param range the engine's own words for which part this is
 * @param tally what its records add up to
 * @param chunks its bytes, in order; none when it holds no record
 */
public record RangeEntry(JsonObject range, Tally tally, List<Place> chunks) {
    public RangeEntry {
        chunks = List.copyOf(chunks);
    }
}
