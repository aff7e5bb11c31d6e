package dev.holdfast.compare;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.holdfast.engine.RecordSink;

/**
 * Hashes records, each to 128 bits for what it says and 128 bits for its key. Fields are hashed one by one and summed, each with a seed for
 * its column, so that two sides agree whatever the order of their columns. Used by one thread.
 */
final class RowHash implements RecordSink {
    /** Takes what a record came to. */
    @FunctionalInterface
    interface Taker {
        void take(RowMark mark);
    }

    private static final Hasher128 WHOLE = Hashing.xxh3_128();

    private final RowShape shape;
    private final byte separator;
    private final Taker taker;
    private final Hasher128[] hashers;
    private final boolean[] ofKey;
    private final boolean[] counts;
    private final HashStream128 wholeLong = WHOLE.hashStream();
    private final HashStream128[] fieldsLong;
    private boolean inLong;
    private int field;
    private long rowHigh;
    private long rowLow;
    private long keyHigh;
    private long keyLow;
    private long place;

    /**
     * @param firstPlace the place of the first record
     */
    RowHash(RowShape shape, byte separator, long firstPlace, Taker taker) {
        this.place = firstPlace;
        this.shape = shape;
        this.separator = separator;
        this.taker = taker;
        int fields = shape.fieldsToLookAt();
        this.hashers = new Hasher128[fields];
        this.fieldsLong = new HashStream128[fields];
        this.ofKey = new boolean[fields];
        this.counts = new boolean[fields];
        for (int i = 0; i < fields; i++) {
            hashers[i] = Hashing.xxh3_128(1L + Math.max(0, shape.column(i)));
            fieldsLong[i] = hashers[i].hashStream();
            ofKey[i] = shape.isKey(shape.column(i));
            counts[i] = shape.column(i) >= 0 && (ofKey[i] || !shape.isWhole());
        }
    }

    @Override
    public void part(byte[] bytes, int offset, int length, boolean ends) {
        int end = offset + length - (ends ? 1 : 0); // the line end belongs to no field
        if (ends && !inLong) {
            if (shape.isWhole()) {
                addToRow(WHOLE.hashBytesTo128Bits(bytes, offset, length));
            }
            int from = offset;
            for (; field < hashers.length; field++) {
                int to = fieldEnd(bytes, from, end);
                if (counts[field]) {
                    addField(hashers[field].hashBytesTo128Bits(bytes, from, to - from));
                }
                from = to + 1;
            }
            done();
            return;
        }
        inLong = true;
        partOfLong(bytes, offset, end);
        if (shape.isWhole()) {
            wholeLong.putBytes(bytes, offset, length);
        }
        if (ends) {
            endLong();
        }
    }

    private int fieldEnd(byte[] bytes, int from, int end) {
        int to = from;
        while (to < end && bytes[to] != separator) {
            to++;
        }
        return to;
    }

    /** A row can be too long to be held at once. */
    private void partOfLong(byte[] bytes, int offset, int end) {
        int from = offset;
        while (field < hashers.length) {
            int to = fieldEnd(bytes, from, end);
            fieldsLong[field].putBytes(bytes, from, to - from);
            if (to == end) {
                return;
            }
            field++;
            from = to + 1;
        }
    }

    private void endLong() {
        if (shape.isWhole()) {
            addToRow(wholeLong.get());
        }
        wholeLong.reset();
        for (field = 0; field < hashers.length; field++) {
            if (counts[field]) {
                addField(fieldsLong[field].get());
            }
            fieldsLong[field].reset();
        }
        inLong = false;
        done();
    }

    private void addField(HashValue128 hash) {
        if (!shape.isWhole()) {
            addToRow(hash);
        }
        if (ofKey[field]) {
            keyHigh += hash.getMostSignificantBits();
            keyLow += hash.getLeastSignificantBits();
        }
    }

    private void addToRow(HashValue128 hash) {
        rowHigh += hash.getMostSignificantBits();
        rowLow += hash.getLeastSignificantBits();
    }

    private void done() {
        taker.take(
                shape.hasKey()
                        ? new RowMark(place, rowHigh, rowLow, keyHigh, keyLow)
                        : new RowMark(place, rowHigh, rowLow, rowHigh, rowLow));
        place++;
        field = 0;
        rowHigh = 0;
        rowLow = 0;
        keyHigh = 0;
        keyLow = 0;
    }
}
