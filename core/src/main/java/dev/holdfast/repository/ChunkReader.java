package dev.holdfast.repository;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.store.BlobStore;
import java.util.Optional;

/**
 * Reads chunks by their place, each shown to be the bytes its id names. Where the pack is gone or damaged, a forward beside it may say
 * where the chunk is now. Safe for several threads.
 */
public final class ChunkReader {
    private final BlobStore store;

    public ChunkReader(BlobStore store) {
        this.store = store;
    }

    /** The chunk's uncompressed bytes; an error with the code {@code DAMAGED} when they are not to be had. */
    public byte[] read(Place place) {
        try {
            return readAt(place);
        } catch (HoldfastException e) {
            Optional<Place> moved = forward(place);
            if (moved.isPresent()) {
                return readAt(moved.get());
            }
            throw new HoldfastException(
                    ErrorCode.DAMAGED,
                    "pack " + place.pack() + ", offset " + place.offset() + ": " + e.getMessage(),
                    e);
        }
    }

    private byte[] readAt(Place place) {
        byte[] frame = store.read(Layout.pack(place.pack()), place.offset(), place.length());
        return ChunkCodec.decompress(frame, 0, frame.length, place.chunk(), place.rawLength());
    }

    /** Where a forward says that the chunk is now, if there is one. */
    Optional<Place> forward(Place place) {
        var name = Layout.forward(place.pack());
        return store.find(name).flatMap(facts -> {
            byte[] bytes = store.read(name, 0, Math.toIntExact(facts.length()));
            return Sealed.read(bytes, name, forward -> forward.objects("chunks", Place::of)).stream()
                    .filter(moved -> moved.chunk().equals(place.chunk()))
                    .findFirst();
        });
    }
}
