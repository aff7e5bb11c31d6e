package dev.holdfast.verify;

import dev.holdfast.error.HoldfastException;
import dev.holdfast.repository.ChunkReader;
import dev.holdfast.repository.Head;
import dev.holdfast.repository.KnownPack;
import dev.holdfast.repository.PackState;
import dev.holdfast.repository.PackStates;
import dev.holdfast.repository.Piece;
import dev.holdfast.repository.Place;
import dev.holdfast.repository.PlaceState;
import dev.holdfast.repository.RelationEntry;
import dev.holdfast.repository.RelationList;
import dev.holdfast.repository.Sha256;
import dev.holdfast.repository.Tally;
import dev.holdfast.repository.Totals;
import dev.holdfast.run.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks at one backup once its packs were read: every chunk where the lists say, and all sums right. Used once. */
final class BackupCheck {
    private final Head head;
    private final ChunkReader reader;
    private final PackStates packs;
    private final ListSums sums;
    private final List<String> reasons = new ArrayList<>();
    private final List<String> damaged = new ArrayList<>();
    private final Set<Sha256> named = new HashSet<>();
    private PlaceState worst = PlaceState.FINE;
    private boolean undetermined;
    private long whole;

    BackupCheck(Head head, ChunkReader reader, PackStates packs, ListSums sums) {
        this.head = head;
        this.reader = reader;
        this.packs = packs;
        this.sums = sums;
    }

    BackupVerdict check() {
        checkPacks();
        for (Piece piece : head.contents().pieces()) {
            checkPiece(piece);
        }
        checkRelations();
        Verdict bad = undetermined && damaged.isEmpty() ? Verdict.UNDETERMINED : Verdict.FAIL;
        Verdict verdict = reasons.isEmpty() && damaged.isEmpty() ? Verdict.PASS : bad;
        return new BackupVerdict(head.name(), verdict, reasons, damaged, whole);
    }

    private void checkPacks() {
        List<KnownPack> known;
        try {
            known = head.packs().all(reader);
        } catch (HoldfastException e) {
            reasons.add("its list of packs is lost: " + e.getMessage());
            return;
        }
        for (KnownPack pack : known) {
            named.add(pack.pack());
            PackState state = packs.of(pack.pack());
            if (state instanceof PackState.Damaged bad) {
                reasons.add("pack " + pack.pack() + " is damaged: " + bad.reason());
            } else if (state instanceof PackState.Unreadable unread) {
                undetermined = true;
                reasons.add("pack " + pack.pack() + " cannot be read: " + unread.reason());
            } else if (state instanceof PackState.Missing && !packs.hasForward(pack.pack())) {
                reasons.add("pack " + pack.pack() + " is missing");
            } else if (state instanceof PackState.Whole bytes && bytes.length() != pack.length()) {
                reasons.add("pack " + pack.pack() + " has another length than the head says");
            }
        }
        if (head.packs().count() != known.size()) {
            reasons.add("its head counts " + head.packs().count() + " packs, its lists name " + known.size());
        }
    }

    private void checkPiece(Piece piece) {
        long bytes = 0;
        PlaceState state = PlaceState.FINE;
        for (Place place : piece.chunks()) {
            state = ListSums.worse(state, look(place));
            bytes += place.rawLength();
        }
        if (state == PlaceState.LOST) {
            damaged.add(piece.name());
        }
        if (bytes != piece.bytes()) {
            reasons.add("piece " + piece.name() + " has " + bytes + " bytes instead of " + piece.bytes());
        }
    }

    private void checkRelations() {
        long relations = 0;
        long rows = 0;
        long bytes = 0;
        long chunks = 0;
        for (Place place : head.contents().relations()) {
            if (look(place) == PlaceState.LOST) {
                reasons.add("its relation list is lost");
                return;
            }
            for (RelationEntry relation : RelationList.parse(reader.read(place))) {
                checkRelation(relation);
                relations++;
                rows += relation.tally().count();
                bytes += relation.bytes();
                chunks += relation.chunks();
            }
        }
        Totals totals = head.contents().totals();
        if (relations != totals.relations()
                || rows != totals.rows()
                || bytes != totals.bytes()
                || chunks != totals.chunks()) {
            reasons.add("its relations do not add up to the totals of its head");
        }
    }

    private void checkRelation(RelationEntry relation) {
        Tally tally = Tally.ZERO;
        long bytes = 0;
        long chunks = 0;
        PlaceState state = PlaceState.FINE;
        for (Place list : relation.lists()) {
            ListSums.Sum sum = sums.of(list);
            state = ListSums.worse(state, sum.worst());
            tally = tally.plus(sum.tally());
            bytes += sum.bytes();
            chunks += sum.chunks();
            checkNamed(list.pack());
            sum.packs().forEach(this::checkNamed);
        }
        worst = ListSums.worse(worst, state);
        if (state == PlaceState.LOST) {
            damaged.add(relation.name());
        } else if (!tally.equals(relation.tally()) || bytes != relation.bytes() || chunks != relation.chunks()) {
            reasons.add("the ranges of " + relation.name() + " do not add up to it");
            damaged.add(relation.name());
        } else {
            whole++;
        }
    }

    private PlaceState look(Place place) {
        checkNamed(place.pack());
        PlaceState state = packs.state(place);
        worst = ListSums.worse(worst, state);
        return state;
    }

    private void checkNamed(Sha256 pack) {
        if (named.add(pack)) {
            reasons.add("pack " + pack + " is used and not named");
        }
    }
}
