package dev.holdfast.compare;

/**
 * What stands for a row while sides are compared: 128 bits for what it says, 128 bits for its key. Without a key, the row is its own. Marks
 * of equal rows are equal, wherever those stand.
 *
 * @param place where the row stands on its side, as a {@link RowSet} counts
 */
record RowMark(long place, long rowHigh, long rowLow, long keyHigh, long keyLow) implements Comparable<RowMark> {
    /** How many bytes one takes when it is written down. */
    static final int BYTES = 40;

    @Override
    public int compareTo(RowMark other) {
        int order = Long.compare(keyHigh, other.keyHigh);
        if (order == 0) {
            order = Long.compare(keyLow, other.keyLow);
        }
        if (order == 0) {
            order = Long.compare(rowHigh, other.rowHigh);
        }
        return order == 0 ? Long.compare(rowLow, other.rowLow) : order;
    }

    boolean hasKeyOf(RowMark other) {
        return keyHigh == other.keyHigh && keyLow == other.keyLow;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowMark mark && compareTo(mark) == 0;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(rowLow);
    }
}
