package dev.holdfast.compare;

import java.util.BitSet;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Some rows of one side of a relation, by the number of their range and their place among its rows, in the order in which they are read. Takes
 * a bit for each row of the ranges that have one. Used by one thread at a time.
 */
public final class RowSet {
    private final SortedMap<Integer, BitSet> ranges = new TreeMap<>();

    RowSet() {}

    /** No rows. */
    public static RowSet none() {
        return new RowSet();
    }

    /** The place of a range's first row; those of the next ones follow. */
    static long firstPlace(int range) {
        return (long) range << Integer.SIZE;
    }

    void add(long place) {
        ranges.computeIfAbsent((int) (place >>> Integer.SIZE), range -> new BitSet())
                .set((int) place);
    }

    /** Adds all rows of a range. */
    void addAll(int range, long rows) {
        ranges.computeIfAbsent(range, number -> new BitSet()).set(0, Math.toIntExact(rows));
    }

    /** These rows without some of them. */
    public RowSet without(RowSet others) {
        var rest = new RowSet();
        ranges.forEach((range, rows) -> {
            var left = (BitSet) rows.clone();
            left.andNot(others.ranges.getOrDefault(range, new BitSet()));
            if (!left.isEmpty()) {
                rest.ranges.put(range, left);
            }
        });
        return rest;
    }

    /** The rows by range; neither is to be changed. */
    public SortedMap<Integer, BitSet> byRange() {
        return ranges;
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** How many rows. */
    public long count() {
        return ranges.values().stream().mapToLong(BitSet::cardinality).sum();
    }
}
