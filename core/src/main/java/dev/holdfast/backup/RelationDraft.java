package dev.holdfast.backup;

import dev.holdfast.engine.Relation;
import dev.holdfast.repository.ChunkList;
import dev.holdfast.repository.Place;
import dev.holdfast.repository.RelationEntry;
import dev.holdfast.repository.Tally;
import java.util.ArrayList;
import java.util.List;

/** One relation while it is being read, as its chunk lists in the making. */
final class RelationDraft {
    private final Relation relation;
    private final List<ListDraft> lists = new ArrayList<>();

    RelationDraft(Relation relation, Parent parent) {
        this.relation = relation;
        for (int from = 0; from < relation.ranges().size(); from += ChunkList.MOST_RANGES) {
            lists.add(new ListDraft(relation, parent, lists.size()));
        }
    }

    Relation relation() {
        return relation;
    }

    List<ListDraft> lists() {
        return lists;
    }

    /** The chunk list that the given range belongs to. */
    ListDraft listOf(int range) {
        return lists.get(range / ChunkList.MOST_RANGES);
    }

    /** The relation as the relation list holds it; every chunk list must have its place. */
    RelationEntry entry(UsedPacks used) {
        Tally tally = Tally.ZERO;
        long bytes = 0;
        long chunks = 0;
        List<Place> places = new ArrayList<>();
        for (ListDraft list : lists) {
            tally = tally.plus(list.tally());
            bytes += list.bytes();
            chunks += list.chunks();
            places.add(list.place());
        }
        used.add(places);
        return new RelationEntry(relation.name(), relation.facts(), tally, bytes, chunks, places);
    }
}
