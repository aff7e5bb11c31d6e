package dev.holdfast.engine;

import dev.holdfast.json.JsonObject;
import dev.holdfast.run.Run;
import java.time.Instant;

/** One database of a server, reached. Used by one thread; the caller closes it, after everything it handed out. */
public interface Database extends AutoCloseable {
    /** The database's own name. */
    String name();

    /** Where it is, for people, without any secret. */
    String address();

    /** Which database it is, so that another one under the same name is recognized. Compared member by member. */
    JsonObject identity();

    /** The server's clock. */
    Instant now();

    /** The marker that protects this database. */
    Protection protection();

    /**
     * Opens one consistent moment of the database for reading.
     *
     * @param readers how many readers may read at once, at least one
     * @param earlier what the moment is compared with, so that what has not changed need not be read
     */
    Capture capture(Run run, int readers, Earlier earlier);

    /** Whether the server has a database of that name. */
    boolean hasDatabase(String database);

    /**
     * Looks at the database of the server that a restored one is to take the place of. One that cannot be replaced is refused, and what is
     * in the way is named.
     *
     * @param mark what is put behind its name to keep it
     */
    Occupant occupant(String name, String mark);

    /**
     * Begins to bring a backup back as a new database of this server. Checks all that can be checked before anything is changed.
     */
    Restoration restoreInto(Run run, RestoreOrder order);

    /**
     * Prepares to put rows of this database back. Nothing is changed, and nobody has to wait, before {@link Replacement#lock}.
     *
     * @param doing what is being done and by whom, in a few words, for people who look at the server
     */
    Replacement replacement(Run run, String doing);

    @Override
    void close();
}
