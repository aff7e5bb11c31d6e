package dev.holdfast.repository;

import dev.holdfast.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Every pack that a backup needs.
 *
 * @param tails the packs that the backup wrote last, most often one: they may hold the lists of the groups, so those cannot name them
 * @param groups all others
 */
public record NamedPacks(List<KnownPack> tails, List<PackGroup> groups) {
    public NamedPacks {
        tails = List.copyOf(tails);
        groups = List.copyOf(groups);
    }

    /** When the least recently hashed byte that the backup names was hashed; empty when it names no byte. */
    public Optional<Instant> oldestUnread() {
        List<Instant> times =
                new ArrayList<>(groups.stream().map(PackGroup::readAt).toList());
        tails.forEach(pack -> times.add(pack.readAt()));
        return times.stream().min(Instant::compareTo);
    }

    /** How many packs. */
    public long count() {
        return tails.size() + groups.stream().mapToLong(PackGroup::count).sum();
    }

    /** Their lengths together, in bytes. */
    public long bytes() {
        return tails.stream().mapToLong(KnownPack::length).sum()
                + groups.stream().mapToLong(PackGroup::bytes).sum();
    }

    /** All packs; their names may stand in chunks, which are read. */
    public List<KnownPack> all(ChunkReader reader) {
        List<KnownPack> packs = new ArrayList<>();
        groups.forEach(group -> packs.addAll(group.packs(reader)));
        packs.addAll(tails);
        return packs;
    }

    JsonObject json() {
        return new JsonObject()
                .put("oldest_unread", oldestUnread().map(Instant::toString).orElse(null))
                .put("groups", groups.stream().map(PackGroup::json).toList())
                .put("tails", tails.stream().map(NamedPacks::json).toList());
    }

    private static JsonObject json(KnownPack tail) {
        return new JsonObject()
                .put("pack", tail.pack().hex())
                .put("length", tail.length())
                .put("read_at", tail.readAt().toString());
    }

    private static KnownPack tail(JsonObject json) {
        json.only(Set.of("pack", "length", "read_at"));
        return new KnownPack(
                Sha256.parse(json.string("pack")), json.count("length"), Instant.parse(json.string("read_at")));
    }

    static NamedPacks of(JsonObject json) {
        json.only(Set.of("oldest_unread", "groups", "tails"));
        return new NamedPacks(json.objects("tails", NamedPacks::tail), json.objects("groups", PackGroup::of));
    }
}
