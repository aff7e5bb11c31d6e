package dev.holdfast.engine;

import java.util.List;

/** One consistent moment of a database whose rows are read. Close ends the readers too. */
public interface Reading extends AutoCloseable {
    /** Every relation whose rows are read, the largest first, each cut into ranges. */
    List<Relation> relations();

    /** The readers; each may be used by another thread. The first is the lead, which can read every relation. */
    List<RangeReader> readers();

    /** How many ranges a reader is best asked about at once. */
    default int askedAtOnce() {
        return Sweep.COMPARED_AT_ONCE;
    }

    @Override
    void close();
}
