package dev.holdfast.backup;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.holdfast.engine.RecordSink;
import dev.holdfast.repository.Tally;

/**
 * Adds records up to a {@link Tally}: the 128-bit XXH3 hash (seed 0) of each record's bytes, line end included, summed modulo 2^128.
 * Used by one thread.
 */
public final class TallyHash implements RecordSink {
    private static final Hasher128 XXH3 = Hashing.xxh3_128();

    private final HashStream128 longRecord = XXH3.hashStream();
    private boolean inRecord;
    private long count;
    private long high;
    private long low;

    @Override
    public void part(byte[] bytes, int offset, int length, boolean ends) {
        if (ends && !inRecord) {
            add(XXH3.hashBytesTo128Bits(bytes, offset, length));
            return;
        }
        longRecord.putBytes(bytes, offset, length);
        inRecord = !ends;
        if (ends) {
            add(longRecord.get());
            longRecord.reset();
        }
    }

    private void add(HashValue128 hash) {
        long added = hash.getLeastSignificantBits();
        low += added;
        high += hash.getMostSignificantBits() + (Long.compareUnsigned(low, added) < 0 ? 1 : 0);
        count++;
    }

    /** What was added so far, and from now on nothing. */
    public Tally take() {
        var tally = new Tally(count, high, low);
        count = 0;
        high = 0;
        low = 0;
        return tally;
    }
}
