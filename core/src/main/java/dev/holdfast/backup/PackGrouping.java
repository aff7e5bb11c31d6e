package dev.holdfast.backup;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.repository.KnownPack;
import dev.holdfast.repository.NamedPacks;
import dev.holdfast.repository.PackGroup;
import dev.holdfast.repository.PackWriter;
import dev.holdfast.repository.PackedChunk;
import dev.holdfast.repository.Place;
import dev.holdfast.repository.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Groups the packs that a backup names by when they were last hashed, and writes the lists of the groups when there are many packs. */
final class PackGrouping {
    /** Up to this many packs are named in the head itself. */
    static final int MOST_IN_HEAD = 64;

    private final Parent parent;
    private final Map<Sha256, Instant> reread;
    private final PackWriter packs;
    private final Instant now;

    /**
     * @param reread packs of the parent that this run has hashed, and when
     * @param now when the packs that this run wrote were read back
     */
    PackGrouping(Parent parent, Map<Sha256, Instant> reread, PackWriter packs, Instant now) {
        this.parent = parent;
        this.reread = reread;
        this.packs = packs;
        this.now = now;
    }

    /** Names the packs that are used and all that this run wrote; what is still unwritten becomes the tails. */
    NamedPacks name(UsedPacks used) {
        Map<Sha256, KnownPack> beforeTails = written();
        Set<Sha256> needed = new TreeSet<>(used.all());
        needed.addAll(beforeTails.keySet());
        Map<Sha256, Place> shareable = parent.named();
        boolean inHead = needed.size() <= MOST_IN_HEAD;
        if (!inHead) {
            shareable.values().forEach(place -> needed.add(place.pack())); // a shared list's own pack is needed, too
        }

        SortedMap<Instant, List<KnownPack>> byTime = new TreeMap<>();
        for (Sha256 pack : needed) {
            KnownPack known = Optional.ofNullable(beforeTails.get(pack)).orElseGet(() -> shared(pack));
            byTime.computeIfAbsent(known.readAt(), time -> new ArrayList<>()).add(known);
        }
        Map<Instant, List<PackedChunk>> lists = new TreeMap<>();
        if (!inHead) {
            var shelf = new ChunkShelf(packs);
            byTime.forEach((time, group) -> {
                List<PackedChunk> list = new ArrayList<>();
                PackGroup.listChunks(group).forEach(chunk -> list.add(shelf.put(chunk, chunk.length, shareable)));
                lists.put(time, list);
            });
        }
        packs.flush();

        List<PackGroup> groups = new ArrayList<>();
        byTime.forEach((time, group) -> groups.add(
                inHead
                        ? PackGroup.of(time, group)
                        : PackGroup.of(time, group, places(lists.getOrDefault(time, List.of())))));
        Map<Sha256, KnownPack> tails = written();
        tails.keySet().removeAll(beforeTails.keySet());
        return new NamedPacks(List.copyOf(tails.values()), groups);
    }

    private static List<Place> places(List<PackedChunk> chunks) {
        return chunks.stream().map(PackedChunk::place).toList();
    }

    private Map<Sha256, KnownPack> written() {
        Map<Sha256, KnownPack> written = new HashMap<>();
        for (PackWriter.Written each : packs.written()) {
            written.put(each.pack(), new KnownPack(each.pack(), each.length(), now));
        }
        return written;
    }

    private KnownPack shared(Sha256 pack) {
        KnownPack known = parent.pack(pack)
                .orElseThrow(() -> new HoldfastException(
                        ErrorCode.INTERNAL, "pack " + pack + " is used and neither new nor the parent's"));
        return new KnownPack(pack, known.length(), reread.getOrDefault(pack, known.readAt()));
    }
}
