package dev.holdfast.compare;

import dev.holdfast.engine.BackupText;
import dev.holdfast.engine.Fingerprint;
import dev.holdfast.engine.Part;
import dev.holdfast.engine.RangeReader;
import dev.holdfast.engine.Relation;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
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
    private final List<String> columns;
    private final List<String> key;
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
        List<String> ofOther = text.columns(other.facts());
        this.columns = backup.map(entry -> text.columns(entry.relation()).stream()
                        .filter(ofOther::contains)
                        .toList())
                .orElse(ofOther);
        List<String> known = text.key(other.facts());
        if (known.isEmpty()) {
            known = backup.map(entry -> text.key(entry.relation())).orElse(known);
        }
        this.key = columns.containsAll(known) ? known : List.of();
        this.left = other.ranges().size();
    }

    Relation other() {
        return other;
    }

    Part part(int number) {
        return new Part(other, other.ranges().get(number));
    }

    /** The columns of the other side. */
    List<String> columnsOfOther() {
        return text.columns(other.facts());
    }

    /** The columns of the backup; where the relation is not in it, those that it would have. */
    List<String> columnsOfBackup() {
        return backup.map(entry -> text.columns(entry.relation())).orElseGet(this::columnsOfOther);
    }

    RowShape shapeOfBackup() {
        return RowShape.of(columnsOfBackup(), columnsOfOther(), columns, key);
    }

    RowShape shapeOfOther() {
        return RowShape.of(columnsOfOther(), columnsOfBackup(), columns, key);
    }

    /** What the pair came to. */
    TableDifference difference(Settlement settlement, List<TableDifference.RowChange> samples) {
        List<String> alone = new ArrayList<>(columnsOfBackup());
        alone.addAll(columnsOfOther());
        alone.removeIf(columns::contains);
        return new TableDifference(
                other.name(),
                backup.isPresent() ? TableDifference.Presence.BOTH : TableDifference.Presence.OTHER_ONLY,
                settlement.inserted(),
                settlement.deleted(),
                settlement.changed(),
                key,
                alone,
                samples);
    }

    /** The backup's range of that number. */
    Optional<RangeEntry> range(int number) {
        return ranges.flatMap(stored -> stored.get(number));
    }

    /** Whether it is of use to ask for fingerprints: columns are compared by name, fingerprints and digests go by place. */
    boolean isComparable() {
        return backup.isPresent()
                && other.readInFull().isEmpty()
                && columnsOfBackup().equals(columnsOfOther());
    }

    /** Whether a range is known to have the backup's rows. */
    boolean isUnchanged(int number, Optional<Fingerprint> now) {
        Optional<RangeEntry> before = range(number);
        return isComparable()
                && now.isPresent()
                && before.isPresent()
                && before.get().tally().count() == now.get().count()
                && before.flatMap(mark).equals(now.map(Fingerprint::versions));
    }

    /** Reads both sides of a range, and spills what differs; false when the reader cannot get at the relation. */
    boolean read(RangeReader reader, int number, Optional<Fingerprint> now) {
        var come = new Marks(marks -> this.come().add(marks));
        var hash = new RowHash(shapeOfOther(), text.fieldSeparator(), come);
        if (!reader.read(other, other.ranges().get(number), hash)) {
            return false;
        }
        if (now.isPresent() && now.get().count() != come.taken()) {
            throw new HoldfastException(
                    ErrorCode.DATABASE_FAILED,
                    other.name() + ": the server counted " + now.get().count() + " rows in a range and gave "
                            + come.taken());
        }
        rowsOfOther.addAndGet(come.taken());
        differ(number, come);
        return true;
    }

    private void differ(int number, Marks come) {
        var gone = new Marks(marks -> this.gone().add(marks));
        range(number)
                .ifPresent(range ->
                        StoredRows.read(chunks, range, new RowHash(shapeOfBackup(), text.fieldSeparator(), gone)));
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
