package dev.holdfast.store;

import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Dumb named bytes. A blob is created once, whole and durable, or deleted; there is no replace. Every method may be called by several
 * threads and processes at once. Failures are {@link dev.holdfast.error.HoldfastException}s with a {@code STORE_} code; after a failed
 * {@link #create} the blob exists whole or not at all.
 */
public interface BlobStore {
    /** How a {@link #create} ended. */
    enum Creation {
        /** The blob is there, durable, with exactly the given bytes. */
        CREATED,
        /** A blob of that name was there before; it is untouched. */
        TAKEN
    }

    /** Creates a blob. Of any number of racing creators of one name exactly one gets {@code CREATED}; no reader ever sees a part of it. */
    Creation create(BlobName name, Content content);

    /** What is known of a blob, or empty when there is none. */
    Optional<BlobFacts> find(BlobName name);

    /** Opens a blob from its beginning; the caller closes. A missing blob is an error with the code {@code STORE_MISSING}. */
    InputStream open(BlobName name);

    /**
     * Reads exactly {@code length} bytes from {@code offset}. A blob that ends before is an error with the code {@code DAMAGED}, a
     * missing one as in {@link #open}.
     */
    byte[] read(BlobName name, long offset, int length);

    /** Tells every blob below the folder, at any depth, in no order. A folder that does not exist has none. */
    void list(BlobName folder, Consumer<BlobFacts> each);

    /** Deletes a blob; false when there was none. */
    boolean delete(BlobName name);

    /** The store's clock, which alone decides the ages of blobs. Where the store cannot be written to, our own clock's time. */
    Instant now();
}
