package dev.holdfast.restore;

import dev.holdfast.repository.ChunkList;
import dev.holdfast.repository.ChunkReader;
import dev.holdfast.repository.Place;
import dev.holdfast.repository.RangeEntry;
import dev.holdfast.repository.RelationEntry;
import dev.holdfast.run.Run;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.LongConsumer;

/** The bytes of a relation's rows, chunk after chunk, or of one of several equal parts of them. Used by one thread. */
final class RowFeed implements Iterator<byte[]> {
    private final ChunkReader chunks;
    private final Run run;
    private final LongConsumer progress;
    private final Iterator<Place> lists;
    private final Part part;
    private final Queue<Place> ahead = new ArrayDeque<>();
    private long range;

    /** Which of how many parts: every range belongs to exactly one. */
    record Part(int number, int of) {
        boolean has(long range) {
            return range / 16 % of == number; // runs of neighbors, so that neighbors stay neighbors
        }
    }

    /**
     * @param progress is told the bytes of each chunk as it is handed out
     */
    RowFeed(ChunkReader chunks, RelationEntry relation, Part part, Run run, LongConsumer progress) {
        this.chunks = chunks;
        this.run = run;
        this.progress = progress;
        this.lists = relation.lists().iterator();
        this.part = part;
    }

    @Override
    public boolean hasNext() {
        while (ahead.isEmpty() && lists.hasNext()) {
            for (RangeEntry entry : ChunkList.parse(chunks.read(lists.next())).ranges()) {
                if (part.has(range++)) {
                    ahead.addAll(entry.chunks());
                }
            }
        }
        return !ahead.isEmpty();
    }

    @Override
    public byte[] next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        run.checkInterrupted();
        byte[] bytes = chunks.read(ahead.remove());
        progress.accept(bytes.length);
        return bytes;
    }
}
