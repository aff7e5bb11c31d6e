package dev.holdfast.compare;

import dev.holdfast.engine.RecordSink;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.repository.ChunkReader;
import dev.holdfast.repository.Place;
import dev.holdfast.repository.RangeEntry;

/** Gives the records of a stored range, which are lines, to a sink. */
final class StoredRows {
    private StoredRows() {}

    static void read(ChunkReader chunks, RangeEntry range, RecordSink sink) {
        long records = 0;
        for (Place place : range.chunks()) {
            byte[] bytes = chunks.read(place);
            int from = 0;
            for (int at = 0; at < bytes.length; at++) {
                if (bytes[at] == '\n') {
                    sink.part(bytes, from, at + 1 - from, true);
                    from = at + 1;
                    records++;
                }
            }
            if (from < bytes.length) {
                sink.part(bytes, from, bytes.length - from, false); // a long record goes on in the next chunk
            }
        }
        if (records != range.tally().count()) {
            throw new HoldfastException(
                    ErrorCode.DAMAGED,
                    "a range has " + records + " rows where its list says "
                            + range.tally().count());
        }
    }
}
