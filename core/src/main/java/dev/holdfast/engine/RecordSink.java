package dev.holdfast.engine;

/** Takes the records of a range, one after another, each in one or more parts. */
@FunctionalInterface
public interface RecordSink {
    /**
     * Takes bytes of a record; the array may be used again once this returns.
     *
     * @param ends whether these are the record's last bytes
     */
    void part(byte[] bytes, int offset, int length, boolean ends);
}
