package dev.holdfast.engine;

/** Takes the records of a range. */
@FunctionalInterface
public interface RecordSink {
    /** Takes one whole record; the array may be used again once this returns. */
    void record(byte[] bytes, int offset, int length);
}
