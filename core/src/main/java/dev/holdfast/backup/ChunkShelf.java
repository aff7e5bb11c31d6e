package dev.holdfast.backup;

import dev.holdfast.repository.PackWriter;
import dev.holdfast.repository.PackedChunk;
import dev.holdfast.repository.Place;
import dev.holdfast.repository.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts chunks away: one that the parent has is shared, any other goes into a pack. Safe for several threads. */
final class ChunkShelf {
    private static final int CUT = 8 << 20;

    private final PackWriter packs;

    ChunkShelf(PackWriter packs) {
        this.packs = packs;
    }

    /** Puts one chunk away. The bytes may change once this returns. */
    PackedChunk put(byte[] bytes, int length, Map<Sha256, Place> shareable) {
        Sha256 id = Sha256.of(bytes, 0, length);
        Place there = shareable.get(id);
        return there != null ? PackedChunk.at(there) : packs.add(id, bytes, 0, length);
    }

    /** Puts bytes of any length away. */
    List<PackedChunk> putAll(byte[] bytes, Map<Sha256, Place> shareable) {
        List<PackedChunk> chunks = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += CUT) {
            byte[] part = java.util.Arrays.copyOfRange(bytes, from, Math.min(from + CUT, bytes.length));
            chunks.add(put(part, part.length, shareable));
        }
        return chunks;
    }
}
