package dev.holdfast.journal;

import dev.holdfast.store.BlobName;
import dev.holdfast.store.BlobStore;

/**
 * Where a record or a note stands.
 *
 * @param spare whether that is outside of the repository, which could not take it
 */
public record RecordFile(BlobStore store, BlobName name, boolean spare) {
    /** Below the repository's folder, or whole where it stands elsewhere. */
    @Override
    public String toString() {
        return spare ? store + "/" + name : name.path();
    }
}
