package dev.holdfast.backup;

import dev.holdfast.engine.Relation;
import dev.holdfast.repository.ChunkList;
import dev.holdfast.repository.PackedChunk;
import dev.holdfast.repository.Place;
import dev.holdfast.repository.RangeEntry;
import dev.holdfast.repository.Sha256;
import dev.holdfast.repository.Tally;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One chunk list in the making: what each of its ranges came to, until the list is written and the ranges can be forgotten. Safe for
 * several threads.
 */
final class ListDraft {
    private final Relation relation;
    private final Parent parent;
    private final int number;
    private final @Nullable RangeDraft[] drafts;
    private @Nullable List<RangeEntry> before;
    private @Nullable Map<Sha256, Place> shareable;
    private int missing;
    private Tally tally = Tally.ZERO;
    private long bytes;
    private long chunks;
    private @Nullable PackedChunk written;

    /**
     * @param number which chunk list of the relation this is, from 0
     */
    ListDraft(Relation relation, Parent parent, int number) {
        this.relation = relation;
        this.parent = parent;
        this.number = number;
        this.missing = Math.min(ChunkList.MOST_RANGES, relation.ranges().size() - firstRange());
        this.drafts = new RangeDraft[missing];
    }

    private int firstRange() {
        return number * ChunkList.MOST_RANGES;
    }

    /** The parent's chunks of the same part of the relation. */
    synchronized Map<Sha256, Place> shareable() {
        if (shareable == null) {
            shareable = parent.shareable(ranges());
        }
        return shareable;
    }

    /** What the parent says of a range of the relation; empty when it had none, or when its chunks are not to be named again. */
    synchronized Optional<RangeEntry> before(int range) {
        int index = range - firstRange();
        return index < ranges().size()
                ? Optional.of(ranges().get(index)).filter(parent::isShareable)
                : Optional.empty();
    }

    /** The parent's ranges of the same part of the relation. */
    private List<RangeEntry> ranges() {
        if (before == null) {
            before = parent.ranges(relation.name(), number);
        }
        return before;
    }

    /** Notes what a range of the relation came to; true when it was the last one missing here. */
    synchronized boolean done(int range, RangeDraft draft) {
        drafts[range - firstRange()] = draft;
        tally = tally.plus(draft.tally());
        bytes += draft.bytes();
        chunks += draft.chunks().size();
        missing--;
        if (missing == 0) { // nothing is compared any more
            before = null;
            shareable = null;
        }
        return missing == 0;
    }

    /** Whether every chunk has its place, so that the list can be written. */
    synchronized boolean isPlaced() {
        return missing == 0 && Arrays.stream(drafts).allMatch(draft -> draft == null || draft.isPlaced());
    }

    /** Writes the list, once; it must be placed. */
    synchronized void write(ChunkShelf shelf, UsedPacks used) {
        if (written != null) {
            return;
        }
        List<RangeEntry> entries = new ArrayList<>();
        for (int i = 0; i < drafts.length; i++) {
            RangeDraft draft = Objects.requireNonNull(drafts[i], "a range was not read");
            RangeEntry entry = draft.entry(relation.ranges().get(firstRange() + i));
            used.add(entry.chunks());
            entries.add(entry);
        }
        byte[] list = new ChunkList(entries).bytes();
        written = shelf.put(list, list.length, parent.lists(relation.name()));
        Arrays.fill(drafts, null);
    }

    synchronized Tally tally() {
        return tally;
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized long chunks() {
        return chunks;
    }

    /** Where the list is, once it is written and its pack, too. */
    synchronized Place place() {
        return Objects.requireNonNull(written, "the list is not written").place();
    }
}
