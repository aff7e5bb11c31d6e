package dev.holdfast.repository;

import org.jspecify.annotations.Nullable;

/**
 * A chunk that a backup names: one that was there before, or one in a pack that is still being filled and has no name yet. Its place is
 * known once that pack is written.
 */
public final class PackedChunk {
    private final @Nullable Place known;
    private final @Nullable OpenPack pack;
    private final PackFooter.@Nullable Entry entry;

    private PackedChunk(@Nullable Place known, @Nullable OpenPack pack, PackFooter.@Nullable Entry entry) {
        this.known = known;
        this.pack = pack;
        this.entry = entry;
    }

    /** A chunk that stands in the repository already. */
    public static PackedChunk at(Place place) {
        return new PackedChunk(place, null, null);
    }

    static PackedChunk in(OpenPack pack, PackFooter.Entry entry) {
        return new PackedChunk(null, pack, entry);
    }

    /** Whether {@link #place} can be asked. */
    public boolean isPlaced() {
        return known != null || (pack != null && pack.isWritten());
    }

    /** The chunk's place; only once its pack is written. */
    public Place place() {
        if (known != null) {
            return known;
        }
        if (pack == null || entry == null) {
            throw new IllegalStateException("neither known nor packed");
        }
        return entry.in(pack.id());
    }
}
