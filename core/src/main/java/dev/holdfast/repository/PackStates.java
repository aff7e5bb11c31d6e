package dev.holdfast.repository;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.store.BlobStore;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of the packs of a repository after they were read, and what that means for each chunk. Safe for several threads; keeps a
 * few footers in memory, since lists name the chunks of a pack one after the other.
 */
public final class PackStates {
    private static final int FOOTERS_KEPT = 64;

    private final BlobStore store;
    private final ChunkReader reader;
    private final Map<Sha256, PackState> states = new ConcurrentHashMap<>();
    private final Map<Sha256, Set<Place>> footers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Sha256, Set<Place>> eldest) {
            return size() > FOOTERS_KEPT;
        }
    };

    public PackStates(BlobStore store) {
        this.store = store;
        this.reader = new ChunkReader(store);
    }

    /** Reads a pack from its first byte to its last, and remembers what that showed. */
    public PackState read(Sha256 pack) {
        PackState state = PackCheck.check(store, pack);
        states.put(
                pack,
                state instanceof PackState.Whole whole
                        ? new PackState.Whole(whole.length(), java.util.List.of())
                        : state);
        return state;
    }

    /** What reading the pack showed. */
    public PackState of(Sha256 pack) {
        return Optional.ofNullable(states.get(pack)).orElseGet(() -> new PackState.Unreadable("it was not looked at"));
    }

    /** Whether a forward says where the pack's chunks are now. */
    public boolean hasForward(Sha256 pack) {
        return new Forwards(store).exist(pack);
    }

    /** Whether a chunk is where a list says. */
    public PlaceState state(Place place) {
        PackState state = of(place.pack());
        if (state instanceof PackState.Whole whole) {
            return footer(place.pack(), whole.length()).contains(place) ? PlaceState.FINE : PlaceState.LOST;
        }
        if (isForwarded(place)) {
            return PlaceState.FINE;
        }
        try {
            return reader.read(place).length == place.rawLength() ? PlaceState.READABLE : PlaceState.LOST;
        } catch (HoldfastException e) {
            return lostOrUnknown(e);
        }
    }

    /** What an error while reading says of a chunk. */
    public static PlaceState lostOrUnknown(HoldfastException e) {
        return e.code() == ErrorCode.DAMAGED ? PlaceState.LOST : PlaceState.UNKNOWN;
    }

    private boolean isForwarded(Place place) {
        try {
            return reader.readMoved(place).isPresent();
        } catch (HoldfastException e) {
            return false;
        }
    }

    private synchronized Set<Place> footer(Sha256 pack, long length) {
        return footers.computeIfAbsent(pack, id -> {
            Set<Place> places = new HashSet<>();
            PackCheck.footer(store, pack, length).chunks().forEach(entry -> places.add(entry.in(pack)));
            return places;
        });
    }
}
