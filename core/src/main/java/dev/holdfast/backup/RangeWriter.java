package dev.holdfast.backup;

import dev.holdfast.engine.RecordSink;
import dev.holdfast.repository.PackedChunk;
import dev.holdfast.repository.Place;
import dev.holdfast.repository.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns the records of one range after another into chunks: cut at the first record's end after {@link #CUT} bytes, and inside a longer
 * record after {@link #LONGEST}. Used by one thread, whose buffer it keeps from range to range.
 */
final class RangeWriter implements RecordSink {
    /** A chunk ends with the record that reaches this many bytes. */
    static final int CUT = 8 << 20;

    /** No chunk is longer than this many bytes. */
    static final int LONGEST = 16 << 20;

    private static final int FIRST_BUFFER = 1 << 20;

    private final ChunkShelf shelf;
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int filled;
    private long bytes;
    private final TallyHash tally = new TallyHash();
    private List<PackedChunk> chunks = new ArrayList<>();
    private Map<Sha256, Place> shareable = Map.of();

    RangeWriter(ChunkShelf shelf) {
        this.shelf = shelf;
    }

    /** Begins a range; chunks in the map are shared. */
    void begin(Map<Sha256, Place> parentChunks) {
        shareable = parentChunks;
        chunks = new ArrayList<>();
        bytes = 0;
        filled = 0;
    }

    @Override
    public void part(byte[] record, int offset, int length, boolean ends) {
        tally.part(record, offset, length, ends);
        bytes += length;
        int from = offset;
        int left = length;
        while (left > 0) {
            int fits = Math.min(left, LONGEST - filled);
            append(record, from, fits);
            from += fits;
            left -= fits;
            if (filled == LONGEST) {
                cut();
            }
        }
        if (ends && filled >= CUT) {
            cut();
        }
    }

    private void append(byte[] from, int offset, int length) {
        if (filled + length > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(LONGEST, Math.max(2 * buffer.length, filled + length)));
        }
        System.arraycopy(from, offset, buffer, filled, length);
        filled += length;
    }

    private void cut() {
        chunks.add(shelf.put(buffer, filled, shareable));
        filled = 0;
    }

    /** Ends the range. */
    RangeDraft end() {
        if (filled > 0) {
            cut();
        }
        return new RangeDraft(tally.take(), bytes, List.copyOf(chunks), Optional.empty());
    }
}
