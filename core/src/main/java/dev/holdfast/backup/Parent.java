package dev.holdfast.backup;

import dev.holdfast.engine.Earlier;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupId;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.ChunkList;
import dev.holdfast.repository.ChunkReader;
import dev.holdfast.repository.Head;
import dev.holdfast.repository.KnownPack;
import dev.holdfast.repository.Place;
import dev.holdfast.repository.RangeEntry;
import dev.holdfast.repository.RelationEntry;
import dev.holdfast.repository.RelationList;
import dev.holdfast.repository.Repository;
import dev.holdfast.repository.Reuse;
import dev.holdfast.repository.Sha256;
import dev.holdfast.repository.SourceName;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Severity;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The newest whole backup of the same database, whose chunks are shared where they are equal. Without one nothing is shared. Safe for
 * several threads once packs are no longer avoided.
 */
final class Parent {
    private final Optional<Head> head;
    private final ChunkReader reader;
    private final Run run;
    private final Map<String, RelationEntry> relations = new HashMap<>();
    private final Map<Sha256, KnownPack> packs = new HashMap<>();

    private Parent(Optional<Head> head, ChunkReader reader, Run run) {
        this.head = head;
        this.reader = reader;
        this.run = run;
    }

    /** Looks for the newest backup that can be read; damaged ones are passed over, and that is a finding. */
    static Parent find(Repository repository, SourceName source, JsonObject identity, Run run) {
        Set<Sha256> avoided = repository.avoidedPacks();
        for (BackupId id : repository.heads().newestFirst(source)) {
            var name = new BackupName(source, id);
            try {
                Optional<Head> head = repository.heads().read(name);
                if (head.isPresent()
                        && head.get().about().whole()
                        && head.get().identity().equals(identity)) {
                    var parent = new Parent(head, repository.chunks(), run);
                    parent.load(head.get());
                    parent.avoid(avoided);
                    return parent;
                }
            } catch (HoldfastException e) {
                if (e.code() == ErrorCode.STORE_FAILED) {
                    throw e;
                }
                run.finding(new Finding(
                        Severity.WARNING,
                        e.code() == ErrorCode.TOO_NEW ? "newer_backup" : "damaged_backup",
                        name.toString(),
                        "backup " + name + " cannot be read, nothing is shared with it: " + e.getMessage()));
            }
        }
        return new Parent(Optional.empty(), repository.chunks(), run);
    }

    private void load(Head found) {
        for (Place place : found.contents().relations()) {
            RelationList.parse(reader.read(place)).forEach(relation -> relations.put(relation.name(), relation));
        }
        found.packs().all(reader).forEach(pack -> packs.put(pack.pack(), pack));
    }

    /** From now on nothing is shared with these packs. */
    void avoid(Collection<Sha256> avoided) {
        packs.keySet().removeAll(avoided);
    }

    /** What the engine compares the database with. */
    Earlier earlier(FullRead rule, Instant now) {
        Optional<String> why = rule.why(head, now);
        return head.map(found -> new Earlier(
                        why,
                        found.database(),
                        name -> Optional.ofNullable(relations.get(name)).map(RelationEntry::relation)))
                .orElseGet(() -> Earlier.none(why.orElseThrow()));
    }

    /** When everything was last read, as far as the parent knows. */
    Optional<Instant> fullReadAt() {
        return head.flatMap(found -> found.contents().reuse()).map(Reuse::fullReadAt);
    }

    Optional<BackupId> id() {
        return head.map(found -> found.name().id());
    }

    /** The packs that may be shared with. */
    Collection<KnownPack> packs() {
        return packs.values();
    }

    Optional<KnownPack> pack(Sha256 pack) {
        return Optional.ofNullable(packs.get(pack));
    }

    /** The ranges that stand in the parent's n-th chunk list of the relation. */
    List<RangeEntry> ranges(String relation, int list) {
        RelationEntry entry = relations.get(relation);
        if (entry == null || list >= entry.lists().size()) {
            return List.of();
        }
        try {
            return ChunkList.parse(reader.read(entry.lists().get(list))).ranges();
        } catch (HoldfastException e) {
            run.finding(new Finding(
                    Severity.WARNING,
                    "damaged_list",
                    relation,
                    "a chunk list of " + relation + " cannot be read, so its rows are stored anew: " + e.getMessage()));
            return List.of();
        }
    }

    /** The chunks of ranges, by their ids. */
    Map<Sha256, Place> shareable(List<RangeEntry> ranges) {
        Map<Sha256, Place> chunks = new HashMap<>();
        ranges.forEach(range -> share(range.chunks(), chunks));
        return chunks;
    }

    /** Whether each chunk of a range may be named again. */
    boolean isShareable(RangeEntry range) {
        return range.chunks().stream().allMatch(place -> packs.containsKey(place.pack()));
    }

    /** The chunk lists of the relation, by their ids. */
    Map<Sha256, Place> lists(String relation) {
        Map<Sha256, Place> lists = new HashMap<>();
        RelationEntry entry = relations.get(relation);
        if (entry != null) {
            share(entry.lists(), lists);
        }
        return lists;
    }

    /** The places that the head itself names, by their ids: relation list, pieces, lists of packs. */
    Map<Sha256, Place> named() {
        Map<Sha256, Place> places = new HashMap<>();
        head.ifPresent(found -> {
            share(found.contents().relations(), places);
            found.contents().pieces().forEach(piece -> share(piece.chunks(), places));
            found.packs().groups().forEach(group -> share(group.list(), places));
        });
        return places;
    }

    private void share(List<Place> places, Map<Sha256, Place> into) {
        for (Place place : places) {
            if (packs.containsKey(place.pack())) {
                into.put(place.chunk(), place);
            }
        }
    }
}
