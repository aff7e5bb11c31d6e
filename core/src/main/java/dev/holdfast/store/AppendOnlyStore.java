package dev.holdfast.store;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;

/**
 * A store without the right to delete, as an operator gives it to a machine that may be broken into. Backup, verify and restore work on
 * it; prune and expire do not.
 */
public final class AppendOnlyStore extends FilterStore {
    public AppendOnlyStore(BlobStore inner) {
        super(inner);
    }

    @Override
    public boolean delete(BlobName name) {
        throw new HoldfastException(ErrorCode.DENIED, name + ": this store is append-only, nothing can be deleted");
    }
}
