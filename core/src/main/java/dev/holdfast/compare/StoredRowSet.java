package dev.holdfast.compare;

import dev.holdfast.repository.ChunkReader;
import dev.holdfast.repository.Place;
import dev.holdfast.repository.RangeEntry;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;

/** The bytes of some rows of a stored relation, chunk after chunk. Used by one thread. */
final class StoredRowSet implements Iterator<byte[]> {
    private final ChunkReader chunks;
    private final StoredRanges stored;
    private final Iterator<Map.Entry<Integer, BitSet>> ranges;
    private final Queue<Place> ahead = new ArrayDeque<>();
    private BitSet wanted = new BitSet();
    private int row;

    StoredRowSet(ChunkReader chunks, StoredRanges stored, RowSet rows) {
        this.chunks = chunks;
        this.stored = stored;
        this.ranges = rows.byRange().entrySet().iterator();
    }

    @Override
    public boolean hasNext() {
        while (ahead.isEmpty() && ranges.hasNext()) {
            Map.Entry<Integer, BitSet> next = ranges.next();
            ahead.addAll(stored.get(next.getKey()).map(RangeEntry::chunks).orElseThrow());
            wanted = next.getValue();
            row = 0;
        }
        return !ahead.isEmpty();
    }

    /** Those rows of the next chunk that are wanted; a long row goes on in the next one. */
    @Override
    public byte[] next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        byte[] bytes = chunks.read(ahead.remove());
        var chosen = new ByteArrayOutputStream();
        int from = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                if (wanted.get(row)) {
                    chosen.write(bytes, from, at + 1 - from);
                }
                from = at + 1;
                row++;
            }
        }
        if (wanted.get(row)) {
            chosen.write(bytes, from, bytes.length - from);
        }
        return chosen.toByteArray();
    }
}
