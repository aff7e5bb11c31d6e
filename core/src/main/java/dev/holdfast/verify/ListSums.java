package dev.holdfast.verify;

import dev.holdfast.error.HoldfastException;
import dev.holdfast.repository.ChunkList;
import dev.holdfast.repository.ChunkReader;
import dev.holdfast.repository.PackStates;
import dev.holdfast.repository.Place;
import dev.holdfast.repository.PlaceState;
import dev.holdfast.repository.RangeEntry;
import dev.holdfast.repository.Sha256;
import dev.holdfast.repository.Tally;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What each chunk list adds up to, and how its chunks are; each list is looked at once, however many backups share it. */
final class ListSums {
    /**
     * One list.
     *
     * @param worst the state of its worst chunk, or of the list itself
     * @param packs every pack that it names
     */
    record Sum(PlaceState worst, Tally tally, long bytes, long chunks, Set<Sha256> packs) {}

    private final ChunkReader reader;
    private final PackStates packs;
    private final Map<Place, Sum> sums = new HashMap<>();

    ListSums(ChunkReader reader, PackStates packs) {
        this.reader = reader;
        this.packs = packs;
    }

    Sum of(Place list) {
        return sums.computeIfAbsent(list, this::add);
    }

    private Sum add(Place list) {
        PlaceState worst = packs.state(list);
        if (worst == PlaceState.LOST || worst == PlaceState.UNKNOWN) {
            return new Sum(worst, Tally.ZERO, 0, 0, Set.of());
        }
        Tally tally = Tally.ZERO;
        long bytes = 0;
        long chunks = 0;
        Set<Sha256> named = new HashSet<>();
        try {
            for (RangeEntry range : ChunkList.parse(reader.read(list)).ranges()) {
                tally = tally.plus(range.tally());
                for (Place chunk : range.chunks()) {
                    worst = worse(worst, packs.state(chunk));
                    bytes += chunk.rawLength();
                    chunks++;
                    named.add(chunk.pack());
                }
            }
            return new Sum(worst, tally, bytes, chunks, named);
        } catch (HoldfastException e) {
            return new Sum(PackStates.lostOrUnknown(e), Tally.ZERO, 0, 0, named);
        }
    }

    static PlaceState worse(PlaceState one, PlaceState other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
