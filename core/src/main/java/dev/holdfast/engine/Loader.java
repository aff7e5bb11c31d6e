package dev.holdfast.engine;

import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import java.util.Iterator;
import java.util.Optional;

/** Loads rows into a new database. Used by one thread. */
public interface Loader extends AutoCloseable {
    /**
     * Loads rows of one relation, all or none.
     *
     * @param relation the facts that its {@link Relation} had
     * @param records bytes of whole records, cut anywhere
     * @param alone whether these are all rows of the relation, so that nobody else loads it
     * @return why the database refused the rows, when it may accept them once other relations have theirs; empty when they are in
     */
    Optional<HoldfastException> load(JsonObject relation, Iterator<byte[]> records, boolean alone);

    @Override
    void close();
}
