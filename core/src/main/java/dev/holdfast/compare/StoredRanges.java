package dev.holdfast.compare;

import dev.holdfast.repository.ChunkList;
import dev.holdfast.repository.ChunkReader;
import dev.holdfast.repository.RangeEntry;
import dev.holdfast.repository.RelationEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ranges of a stored relation by their numbers. Only a few chunk lists are held at once, since a relation can have hundreds of thousands
 * of ranges. Safe for several threads.
 */
public final class StoredRanges {
    private static final int LISTS_HELD = 4;

    private final ChunkReader chunks;
    private final RelationEntry relation;
    private final Map<Integer, List<RangeEntry>> held = new LinkedHashMap<>(LISTS_HELD, 0.75f, true);

    public StoredRanges(ChunkReader chunks, RelationEntry relation) {
        this.chunks = chunks;
        this.relation = relation;
    }

    /** How many there are: every list but the last one is full. */
    int count() {
        int last = relation.lists().size() - 1;
        return last < 0 ? 0 : last * ChunkList.MOST_RANGES + list(last).size();
    }

    /** A range; empty when there is none of that number. */
    public synchronized Optional<RangeEntry> get(int number) {
        int list = number / ChunkList.MOST_RANGES;
        if (list >= relation.lists().size()) {
            return Optional.empty();
        }
        List<RangeEntry> ranges = list(list);
        int index = number % ChunkList.MOST_RANGES;
        return index < ranges.size() ? Optional.of(ranges.get(index)) : Optional.empty();
    }

    private synchronized List<RangeEntry> list(int number) {
        List<RangeEntry> ranges = held.computeIfAbsent(
                number,
                missing -> ChunkList.parse(chunks.read(relation.lists().get(missing)))
                        .ranges());
        if (held.size() > LISTS_HELD) {
            held.remove(held.keySet().iterator().next());
        }
        return ranges;
    }
}
