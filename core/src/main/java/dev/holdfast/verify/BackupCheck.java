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
    private boolean undetermined;
    private boolean failed;
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
        // only what was seen to be wrong is damage; what nobody could look at is not
        boolean seen = !damaged.isEmpty() || failed;
        Verdict good = undetermined ? Verdict.UNDETERMINED : Verdict.PASS;
        Verdict verdict = seen ? Verdict.FAIL : good;
        return new BackupVerdict(head.name(), verdict, reasons, damaged, whole);
    }

    private void checkPacks() {
        List<KnownPack> known;
        try {
            known = head.packs().all(reader);
        } catch (HoldfastException e) {
            noteUnreadable("its list of packs", e);
            return;
        }
        for (KnownPack pack : known) {
            named.add(pack.pack());
            PackState state = packs.of(pack.pack());
            if (state instanceof PackState.Damaged bad) {
                fail("pack " + pack.pack() + " is damaged: " + bad.reason());
            } else if (state instanceof PackState.Unreadable unread) {
                undetermined = true;
                reasons.add("pack " + pack.pack() + " cannot be read: " + unread.reason());
            } else if (state instanceof PackState.Missing && !packs.hasForward(pack.pack())) {
                fail("pack " + pack.pack() + " is missing");
            } else if (state instanceof PackState.Whole bytes && bytes.length() != pack.length()) {
                fail("pack " + pack.pack() + " has another length than the head says");
            }
        }
        if (head.packs().count() != known.size()) {
            fail("its head counts " + head.packs().count() + " packs, its lists name " + known.size());
        }
    }

    private void checkPiece(Piece piece) {
        long bytes = 0;
        PlaceState state = PlaceState.FINE;
        for (Place place : piece.chunks()) {
            state = ListSums.worse(state, look(place));
            bytes += place.rawLength();
        }
        note(piece.name(), state);
        if (bytes != piece.bytes()) {
            fail("piece " + piece.name() + " has " + bytes + " bytes instead of " + piece.bytes());
        }
    }

    private void checkRelations() {
        long relations = 0;
        long rows = 0;
        long bytes = 0;
        long chunks = 0;
        for (Place place : head.contents().relations()) {
            PlaceState list = look(place);
            if (list == PlaceState.LOST || list == PlaceState.UNKNOWN) {
                note("its relation list", list);
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
            fail("its relations do not add up to the totals of its head");
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
        if (state == PlaceState.LOST || state == PlaceState.UNKNOWN) {
            note(relation.name(), state);
        } else if (!tally.equals(relation.tally()) || bytes != relation.bytes() || chunks != relation.chunks()) {
            fail("the ranges of " + relation.name() + " do not add up to it");
            damaged.add(relation.name());
        } else {
            whole++;
        }
    }

    private void fail(String reason) {
        failed = true;
        reasons.add(reason);
    }

    private void noteUnreadable(String object, HoldfastException e) {
        reasons.add(object + ": " + e.getMessage());
        if (PackStates.lostOrUnknown(e) == PlaceState.LOST) {
            failed = true;
        } else {
            undetermined = true;
        }
    }

    private void note(String object, PlaceState state) {
        if (state == PlaceState.LOST) {
            damaged.add(object);
        } else if (state == PlaceState.UNKNOWN) {
            undetermined = true;
            reasons.add(object + " could not be read");
        }
    }

    private PlaceState look(Place place) {
        checkNamed(place.pack());
        return packs.state(place);
    }

    private void checkNamed(Sha256 pack) {
        if (named.add(pack)) {
            fail("pack " + pack + " is used and not named");
        }
    }
}
