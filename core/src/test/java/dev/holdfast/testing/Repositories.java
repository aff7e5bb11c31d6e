package dev.holdfast.testing;

import dev.holdfast.repository.Repository;
import dev.holdfast.store.BlobStore;
import java.time.Instant;

/** Makes repositories for tests. */
public final class Repositories {
    private Repositories() {}

    /** A new repository in an empty store. */
    public static Repository in(BlobStore store) {
        return Repository.openOrCreate(store, Instant.parse("2026-01-01T00:00:00Z"));
    }
}
