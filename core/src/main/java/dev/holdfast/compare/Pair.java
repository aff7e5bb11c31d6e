package dev.holdfast.compare;

import dev.holdfast.engine.BackupText;
import dev.holdfast.engine.Fingerprint;
import dev.holdfast.engine.RangeReader;
import dev.holdfast.engine.Relation;
import dev.holdfast.repository.ChunkReader;
import dev.holdfast.repository.RangeEntry;
import dev.holdfast.repository.RelationEntry;
import dev.holdfast.run.Run;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A relation of the other side and its fellow in the backup, if there is one, while their rows are compared. Safe for several threads, each
 * with other ranges.
 */
final class Pair {
    private static final long BYTES_OF_A_ROW = 64;

    private final Optional<RelationEntry> backup;
    private final Relation other;
    private final BackupText text;
    private final ChunkReader chunks;
    private final Optional<StoredRanges> ranges;
    private final SpillFolder folder;
    private final List<String> columnsOfBackup;
    private final List<String> columnsOfOther;
    private final List<String> columns;
    private final List<String> key;
    private final RowShape shapeOfBackup;
    private final RowShape shapeOfOther;
    private final boolean isComparable;
    private final Function<RangeEntry, Optional<String>> mark;
    private final BitSet differing = new BitSet();
    private @Nullable Spill gone;
    private @Nullable Spill come;
    private final AtomicLong rowsOfOther = new AtomicLong();
    private int left;

    /**
     * @param mark what stands in the backup for a range's fingerprint; empty where the ranges cannot be compared
     */
    Pair(
            Optional<RelationEntry> backup,
            Relation other,
            BackupText text,
            ChunkReader chunks,
            SpillFolder folder,
            Function<RangeEntry, Optional<String>> mark) {
        this.backup = backup;
        this.other = other;
        this.text = text;
        this.chunks = chunks;
        this.ranges = backup.map(entry -> new StoredRanges(chunks, entry));
        this.folder = folder;
        this.mark = mark;
        this.columnsOfOther = text.columns(other.facts());
        this.columnsOfBackup =
                backup.map(entry -> text.columns(entry.relation())).orElse(columnsOfOther);
        this.columns = columnsOfBackup.stream().filter(columnsOfOther::contains).toList();
        List<String> known = text.key(other.facts());
        if (known.isEmpty()) {
            known = backup.map(entry -> text.key(entry.relation())).orElse(known);
        }
        this.key = columns.containsAll(known) ? known : List.of();
        this.shapeOfBackup = RowShape.of(columnsOfBackup, columnsOfOther, columns, key);
        this.shapeOfOther = RowShape.of(columnsOfOther, columnsOfBackup, columns, key);
        this.isComparable =
                backup.isPresent() && other.readInFull().isEmpty() && columnsOfBackup.equals(columnsOfOther);
        this.left = other.ranges().size();
    }

    Relation other() {
        return other;
    }

    /** The columns of the other side. */
    List<String> columnsOfOther() {
        return columnsOfOther;
    }

    /** The columns of the backup; where the relation is not in it, those that it would have. */
    List<String> columnsOfBackup() {
        return columnsOfBackup;
    }

    RowShape shapeOfBackup() {
        return shapeOfBackup;
    }

    RowShape shapeOfOther() {
        return shapeOfOther;
    }

    /** What the pair came to. */
    TableDifference difference(Settlement settlement, List<TableDifference.RowChange> samples) {
        List<String> alone = new ArrayList<>(columnsOfBackup);
        alone.addAll(columnsOfOther);
        alone.removeIf(columns::contains);
        return new TableDifference(
                other.name(),
                backup.isPresent() || !text.belongsToSchema(other.facts())
                        ? TableDifference.Presence.BOTH
                        : TableDifference.Presence.OTHER_ONLY,
                settlement.inserted(),
                settlement.deleted(),
                settlement.changed(),
                key,
                alone,
                samples);
    }

    /** Whether rows are paired by a key. */
    boolean isKeyed() {
        return !key.isEmpty();
    }

    /** The backup's range of that number. */
    Optional<RangeEntry> range(int number) {
        return ranges.flatMap(stored -> stored.get(number));
    }

    /** Whether it is of use to ask for fingerprints: columns are compared by name, fingerprints and digests go by place. */
    boolean isComparable() {
        return isComparable;
    }

    /** The backup's range of that number, when the other side is known to have the same rows. */
    Optional<RangeEntry> unchanged(int number, Optional<Fingerprint> now) {
        if (!isComparable || now.isEmpty()) {
            return Optional.empty();
        }
        return range(number).filter(before -> now.get().isOf(before.tally().count(), mark.apply(before)));
    }

    /** Reads both sides of a range, and spills what differs; false when the reader cannot get at the relation. */
    boolean read(RangeReader reader, int number, Optional<Fingerprint> now) {
        var come = new Marks(marks -> this.come().add(marks));
        var hash = new RowHash(shapeOfOther, text.fieldSeparator(), RowSet.firstPlace(number), come);
        if (!reader.read(other, other.ranges().get(number), hash)) {
            return false;
        }
        now.ifPresent(fingerprint -> fingerprint.checkCount(other.name(), come.taken()));
        rowsOfOther.addAndGet(come.taken());
        differ(number, come);
        return true;
    }

    private void differ(int number, Marks come) {
        var gone = new Marks(marks -> this.gone().add(marks));
        var hash = new RowHash(shapeOfBackup, text.fieldSeparator(), RowSet.firstPlace(number), gone);
        range(number).ifPresent(range -> StoredRows.read(chunks, range, hash));
        if (!Marks.spillDifference(gone, come)) {
            synchronized (this) {
                differing.set(number);
            }
        }
    }

    private synchronized Spill gone() {
        if (gone == null) {
            gone = Spill.in(folder, parts());
        }
        return gone;
    }

    private synchronized Spill come() {
        if (come == null) {
            come = Spill.in(folder, parts());
        }
        return come;
    }

    private int parts() {
        long rows = backup.map(entry -> entry.tally().count()).orElse(0L);
        return Spill.partsFor(Math.max(rows, other.bytes() / BYTES_OF_A_ROW));
    }

    /** Notes that a range of the other side was looked at; true when it was the last one. */
    synchronized boolean done() {
        left--;
        return left == 0;
    }

    /** The numbers of the ranges in which the sides differ. */
    synchronized BitSet differing() {
        return (BitSet) differing.clone();
    }

    /** Notes that a range has the backup's rows. */
    void keep(RangeEntry range) {
        rowsOfOther.addAndGet(range.tally().count());
    }

    /** Settles the pair once every range of the other side was looked at; what only the backup has is read now. */
    Settlement settle(int samples, Run run) {
        var settlement = new Settlement(!key.isEmpty(), samples);
        boolean isEmptied = rowsOfOther.get() == 0;
        for (int number = other.ranges().size(); range(number).isPresent(); number++) {
            run.checkInterrupted();
            if (isEmptied) { // no row can be on the other side, so counting is enough
                settlement.deleted(
                        number,
                        range(number).map(range -> range.tally().count()).orElse(0L));
            } else {
                differ(number, new Marks(marks -> come().add(marks)));
            }
        }
        if (!differing().isEmpty()) {
            try (Spill before = gone();
                    Spill after = come()) {
                settlement.settle(before, after, run);
            }
        }
        synchronized (this) {
            gone = null;
            come = null;
        }
        return settlement;
    }
}
