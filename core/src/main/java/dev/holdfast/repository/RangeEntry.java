package dev.holdfast.repository;

import dev.holdfast.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * One range of a relation as a chunk list holds it.
 *
 * @param range the engine's own words for which part this is
 * @param tally what its records add up to
 * @param fingerprint the versions of its rows in the engine's own words, when it was read; empty where there is none
 * @param chunks its bytes, in order; none when it holds no record
 */
public record RangeEntry(JsonObject range, Tally tally, Optional<String> fingerprint, List<Place> chunks) {
    public RangeEntry {
        chunks = List.copyOf(chunks);
    }

    /** Its length, uncompressed. */
    public long bytes() {
        return chunks.stream().mapToLong(Place::rawLength).sum();
    }
}
