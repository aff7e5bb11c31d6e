package dev.holdfast.testing;

import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.Repository;
import dev.holdfast.repository.Sealed;
import dev.holdfast.store.BlobStore;
import java.util.List;

/** Makes repositories for tests. */
public final class Repositories {
    private Repositories() {}

    /**
     * A new repository in an empty store, of its one necessary blob alone: without the files for people, which the tests that count
     * blobs need not know.
     */
    public static Repository in(BlobStore store) {
        var json = new JsonObject()
                .put("format", 1)
                .put("id", "00000000-0000-4000-8000-000000000001")
                .put("created", "2026-01-01T00:00:00Z")
                .put("needs", List.of());
        Blobs.create(store, "holdfast.json", Sealed.bytes(json));
        return Repository.open(store);
    }
}
