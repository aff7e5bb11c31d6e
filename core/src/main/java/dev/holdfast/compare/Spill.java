package dev.holdfast.compare;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The marks of one side's rows, in parts by their keys: rows of one key are in the same part of both sides. What does not fit into memory
 * lies in files. Safe for several threads while it is filled; closing removes the files.
 */
final class Spill implements AutoCloseable {
    /** The memory that the marks of a side of a relation may take. */
    private static final int IN_MEMORY = 8 << 20;

    /** How long a part is about, when it is read back as a whole. */
    private static final long PART_BYTES = 8 << 20;

    private static final int MOST_PARTS = 2048;
    private static final int FIRST_BUFFER = 100 * RowMark.BYTES;

    private final SpillFolder folder;
    private final List<ByteBuffer> parts = new ArrayList<>();
    private final List<SpillFolder.File> files = new ArrayList<>();
    private long held;

    private Spill(SpillFolder folder, int parts) {
        this.folder = folder;
        for (int i = 0; i < parts; i++) {
            this.parts.add(ByteBuffer.allocate(FIRST_BUFFER));
        }
    }

    /** How many parts a side of so many rows should have; both sides of a relation need the same. */
    static int partsFor(long rows) {
        return (int) Math.max(1, Math.min(MOST_PARTS, rows * RowMark.BYTES / PART_BYTES));
    }

    static Spill in(SpillFolder folder, int parts) {
        return new Spill(folder, parts);
    }

    synchronized void add(List<RowMark> marks) {
        for (RowMark mark : marks) {
            int part = Math.floorMod(mark.keyLow(), parts.size());
            ByteBuffer buffer = parts.get(part);
            if (buffer.remaining() < RowMark.BYTES) {
                buffer = ByteBuffer.allocate(2 * buffer.capacity()).put(buffer.flip());
                parts.set(part, buffer);
            }
            buffer.putLong(mark.place())
                    .putLong(mark.rowHigh())
                    .putLong(mark.rowLow())
                    .putLong(mark.keyHigh())
                    .putLong(mark.keyLow());
        }
        held += (long) marks.size() * RowMark.BYTES;
        if (held > IN_MEMORY) {
            toDisk();
        }
    }

    private void toDisk() {
        for (int i = 0; i < parts.size(); i++) {
            if (files.size() == i) {
                files.add(folder.newFile());
            }
            files.get(i).append(parts.get(i).flip());
            parts.set(i, ByteBuffer.allocate(FIRST_BUFFER));
        }
        held = 0;
    }

    int parts() {
        return parts.size();
    }

    /** Hands out the marks of a part, in no order. */
    synchronized void each(int part, Consumer<RowMark> taker) {
        if (!files.isEmpty()) {
            files.get(part).read(RowMark.BYTES, bytes -> read(bytes, taker));
        }
        read(parts.get(part).duplicate().flip(), taker);
    }

    private static void read(ByteBuffer from, Consumer<RowMark> taker) {
        while (from.hasRemaining()) {
            taker.accept(new RowMark(from.getLong(), from.getLong(), from.getLong(), from.getLong(), from.getLong()));
        }
    }

    @Override
    public synchronized void close() {
        files.forEach(SpillFolder.File::close);
        files.clear();
        parts.clear();
    }
}
