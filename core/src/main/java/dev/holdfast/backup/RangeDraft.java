package dev.holdfast.backup;

import dev.holdfast.engine.Fingerprint;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.PackedChunk;
import dev.holdfast.repository.Place;
import dev.holdfast.repository.RangeEntry;
import dev.holdfast.repository.Tally;
import java.util.List;
import java.util.Optional;

/**
 * What one range came to.
 *
 * @param fingerprint of the versions that it holds; empty where there is none
 */
record RangeDraft(Tally tally, long bytes, List<PackedChunk> chunks, Optional<String> fingerprint) {
    /** A range that is what it was. */
    static RangeDraft kept(RangeEntry before) {
        List<PackedChunk> chunks = before.chunks().stream().map(PackedChunk::at).toList();
        return new RangeDraft(before.tally(), before.bytes(), chunks, before.fingerprint());
    }

    RangeDraft with(Optional<Fingerprint> found) {
        return new RangeDraft(tally, bytes, chunks, found.map(Fingerprint::versions));
    }

    boolean isPlaced() {
        return chunks.stream().allMatch(PackedChunk::isPlaced);
    }

    /** The range as a chunk list holds it; it must be placed. */
    RangeEntry entry(JsonObject range) {
        List<Place> places = chunks.stream().map(PackedChunk::place).toList();
        return new RangeEntry(range, tally, fingerprint, places);
    }
}
