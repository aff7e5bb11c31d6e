package dev.holdfast.engine;

import dev.holdfast.json.JsonObject;
import java.time.Duration;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One transaction in which rows of a database are put back while others go on reading it. The methods are called in the order in which they
 * stand here, by one thread; closing without {@link #commit} leaves the database as it was.
 */
public interface Replacement extends AutoCloseable {
    /**
     * Keeps other runs of ours away from the database until this is closed; an error that names the one that is at it.
     *
     * @param withinGuard whether that may be a guard ({@link Watch#claim}), whose part this is
     */
    void claim(boolean withinGuard);

    /**
     * Keeps everyone from writing to any relation from now on, once those who write have ended; an error that names who does not end.
     *
     * @param longestWait how long others may have to wait behind this at most, before it lets them pass and tries again
     */
    void lock(Optional<Duration> longestWait);

    /** The database as it is while it is locked; what it hands out is closed before the first write. Closing it changes nothing. */
    Database locked();

    /**
     * Opens a reading of what the transaction sees. Before the first write that is the locked state, with several readers; later it is what
     * was written, with one. A relation is in it also when it is not an object of the schema and has no rows now.
     */
    Reading reading(Earlier earlier, int readers);

    /**
     * Gets ready to write to relations: what would react to that, or refuse rows that were there before, is silent until {@link #complete}.
     *
     * @param alone whether other relations stay as they are, so that keys which point from one to the other must be looked at again
     * @param pieces the backup's, by their names
     */
    void begin(List<Relation> written, boolean alone, Function<String, Optional<byte[]>> pieces);

    /**
     * Deletes rows of a range.
     *
     * @param rows which of them, by their places among its rows as a reader read them
     */
    void delete(Relation relation, JsonObject range, BitSet rows);

    /** Inserts rows, of which each byte array holds a piece. */
    void insert(Relation relation, Iterator<byte[]> records);

    /**
     * Puts back what was silenced, brings sequences up to where they stood, and refreshes what was made from the relations. When only some
     * relations were written, only the sequences of their columns.
     *
     * @return what was done beside the rows, for people
     */
    List<String> complete();

    /** The names of the relations that the transaction has written to, as the server counts; empty when it does not count. */
    Optional<Set<String>> touched();

    /**
     * In which ranges of a relation the rows lie that {@link #insert} has inserted. Empty when it is not known, or when something else than
     * {@link #delete} and {@link #insert} has written to it.
     */
    Optional<BitSet> inserted(Relation relation);

    /** Makes it all last, at once. An error says whether it does. */
    void commit();

    /** Leaves the database as it was, unless it was committed. */
    @Override
    void close();
}
