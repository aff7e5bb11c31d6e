package dev.holdfast.repository;

import dev.holdfast.store.BlobStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Forwards beside a pack say where chunks that were in it are now. Nothing is ever replaced, so a later forward stands beside the former
 * ones under a number. Whoever needs a pack needs the packs that its forwards name.
 */
final class Forwards {
    private final BlobStore store;

    Forwards(BlobStore store) {
        this.store = store;
    }

    /** Whether any forward stands beside the pack. */
    boolean exist(Sha256 pack) {
        return store.find(Layout.forward(pack, 1)).isPresent();
    }

    /** Where forwards say that the chunk is now, the newest first. */
    List<Place> of(Place place) {
        List<Place> moved = new ArrayList<>();
        for (int number = 1; ; number++) {
            Optional<List<Place>> named = SealedBlob.find(
                    store, Layout.forward(place.pack(), number), json -> json.objects("chunks", Place::of));
            if (named.isEmpty()) {
                Collections.reverse(moved);
                return moved;
            }
            named.get().stream()
                    .filter(each -> each.chunk().equals(place.chunk()))
                    .forEach(moved::add);
        }
    }
}
