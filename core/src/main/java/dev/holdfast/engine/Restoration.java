package dev.holdfast.engine;

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

    /** Gives the database its name. */
    void publish();

    /** Whether there is something on the server that closing would remove. */
    boolean isMade();

    @Override
    void close();
}
