package dev.holdfast.engine;

import dev.holdfast.json.JsonObject;

/**
 * A new database that a backup is brought back into. It has a name of its own until {@link #publish}, so that a database under the
 * wanted name is whole from its first moment. The methods are called in the order in which they stand here, by one thread; closing
 * without publishing removes what was made.
 */
public interface Restoration extends AutoCloseable {
    /** Makes the empty database. */
    void create();

    /** Makes what must be there before the rows. */
    void prepare();

    /** A new loader with a connection of its own, for another thread; closed by the caller. */
    Loader loader();

    /** Makes what comes after the rows: indexes, constraints, sequences' values, statistics. */
    void complete(int jobs);

    /** Opens one moment of the restored database, with the same relations, to see whether it is equal. */
    Reading reread(int readers);

    /** Which database it will be under its name; to be asked once it is made. As {@link Database#identity} will say. */
    JsonObject identity();

    /**
     * Gives the database its name. Where another one has the name, that one gets the name under which it is kept in the same moment: at any
     * time there is exactly one database of the name, and a failure leaves the old one. Whether it was done is never guessed: where the
     * server cannot be asked, the error says {@link dev.holdfast.error.Aftermath#NOT_PUT_BACK}.
     */
    void publish();

    /** Whether there is something on the server that closing would remove. */
    boolean isMade();

    @Override
    void close();
}
