package dev.holdfast.repository;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.store.BlobStore;
import java.util.Optional;

/**
 * Reads chunks by their place, each shown to be the bytes its id names. Where the pack is gone or damaged, forwards beside it may say
 * where the chunk is now. Safe for several threads.
 */
public final class ChunkReader {
    /** How many forwards are followed from one to the next. */
    private static final int MOST_HOPS = 8;

    private final BlobStore store;
    private final Forwards forwards;

    public ChunkReader(BlobStore store) {
        this.store = store;
        this.forwards = new Forwards(store);
    }

    /**
     * The chunk's uncompressed bytes; an error with the code {@code DAMAGED} when they are not to be had, and the storage's own error
     * when it is not known whether they are.
     */
    public byte[] read(Place place) {
        try {
            return readAt(place);
        } catch (HoldfastException e) {
            return readMoved(place, MOST_HOPS).orElseThrow(() -> notToBeHad(place, e));
        }
    }

    private static HoldfastException notToBeHad(Place place, HoldfastException e) {
        String message = "pack " + place.pack() + ", offset " + place.offset() + ": " + e.getMessage();
        boolean gone = e.code() == ErrorCode.DAMAGED || e.code() == ErrorCode.STORE_MISSING;
        return new HoldfastException(gone ? ErrorCode.DAMAGED : e.code(), message, e);
    }

    /** The chunk's bytes from where forwards say that it is now; empty when no forward leads to them. */
    Optional<byte[]> readMoved(Place place) {
        return readMoved(place, MOST_HOPS);
    }

    private Optional<byte[]> readMoved(Place place, int hops) {
        for (Place moved : forwards.of(place)) {
            try {
                return Optional.of(readAt(moved));
            } catch (HoldfastException e) {
                Optional<byte[]> further = hops > 1 ? readMoved(moved, hops - 1) : Optional.empty();
                if (further.isPresent()) {
                    return further;
                }
            }
        }
        return Optional.empty();
    }

    private byte[] readAt(Place place) {
        byte[] frame = store.read(Layout.pack(place.pack()), place.offset(), place.length());
        return ChunkCodec.decompress(frame, 0, frame.length, place.chunk(), place.rawLength());
    }
}
