package dev.holdfast.backup;

import dev.holdfast.repository.Place;
import dev.holdfast.repository.Sha256;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The packs that a backup in the making names. Safe for several threads. */
final class UsedPacks {
    private final Set<Sha256> packs = ConcurrentHashMap.newKeySet();

    void add(Collection<Place> places) {
        places.forEach(place -> packs.add(place.pack()));
    }

    Set<Sha256> all() {
        return packs;
    }
}
