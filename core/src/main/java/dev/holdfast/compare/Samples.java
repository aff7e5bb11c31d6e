package dev.holdfast.compare;

import dev.holdfast.compare.TableDifference.RowChange;
import dev.holdfast.engine.BackupText;
import dev.holdfast.engine.RangeReader;
import dev.holdfast.engine.RecordSink;
import dev.holdfast.repository.ChunkReader;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks up some rows of a relation that differ, by their marks, in the ranges that differ. Used by one thread. */
final class Samples {
    /** A longer row is not shown whole. */
    private static final int LONGEST_ROW = 64 << 10;

    private final Pair pair;
    private final BackupText text;
    private final ChunkReader chunks;
    private final RangeReader lead;

    /** Reads a range of one side. */
    @FunctionalInterface
    private interface Side {
        void read(int range, RecordSink sink);
    }

    Samples(Pair pair, BackupText text, ChunkReader chunks, RangeReader lead) {
        this.pair = pair;
        this.text = text;
        this.chunks = chunks;
        this.lead = lead;
    }

    List<RowChange> find(List<Settlement.Sample> wanted) {
        Set<RowMark> gone =
                wanted.stream().flatMap(sample -> sample.before().stream()).collect(Collectors.toSet());
        Set<RowMark> come =
                wanted.stream().flatMap(sample -> sample.after().stream()).collect(Collectors.toSet());
        Map<RowMark, byte[]> before = find(gone, pair.shapeOfBackup(), this::readBackup);
        Map<RowMark, byte[]> after = find(come, pair.shapeOfOther(), this::readOther);
        List<RowChange> found = new ArrayList<>();
        for (Settlement.Sample sample : wanted) {
            found.add(new RowChange(
                    sample.before().map(mark -> values(before, mark, pair.columnsOfBackup())),
                    sample.after().map(mark -> values(after, mark, pair.columnsOfOther()))));
        }
        return found;
    }

    private void readBackup(int range, RecordSink sink) {
        pair.range(range).ifPresent(stored -> StoredRows.read(chunks, stored, sink));
    }

    private void readOther(int range, RecordSink sink) {
        if (range < pair.other().ranges().size()) {
            lead.read(pair.other(), pair.other().ranges().get(range), sink);
        }
    }

    private Map<RowMark, byte[]> find(Set<RowMark> wanted, RowShape shape, Side side) {
        Map<RowMark, byte[]> found = new HashMap<>();
        BitSet ranges = pair.differing();
        for (int range = ranges.nextSetBit(0);
                range >= 0 && found.size() < wanted.size();
                range = ranges.nextSetBit(range + 1)) {
            var row = new ByteArrayOutputStream();
            var hash = new RowHash(shape, text.fieldSeparator(), 0, mark -> {
                if (wanted.contains(mark)) {
                    found.putIfAbsent(mark, row.toByteArray());
                }
            });
            side.read(range, (bytes, offset, length, ends) -> {
                row.write(bytes, offset, Math.min(length, LONGEST_ROW - row.size()));
                hash.part(bytes, offset, length, ends);
                if (ends) {
                    row.reset();
                }
            });
        }
        return found;
    }

    /** The values of a row by column; those behind the end of what is shown are not there. */
    private Map<String, @Nullable String> values(Map<RowMark, byte[]> rows, RowMark mark, List<String> columns) {
        byte[] row = Objects.requireNonNull(rows.get(mark), "a row that differs was not found again");
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        int from = 0;
        for (String column : columns) {
            int to = from;
            while (to < row.length && row[to] != text.fieldSeparator() && row[to] != '\n') {
                to++;
            }
            if (from >= row.length) {
                break;
            }
            values.put(column, text.value(Arrays.copyOfRange(row, from, to)).orElse(null));
            from = to + 1;
        }
        return values;
    }
}
