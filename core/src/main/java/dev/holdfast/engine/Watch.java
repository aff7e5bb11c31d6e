package dev.holdfast.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A look at a database from beside it, while others change it: it holds no session in that database, so it is in nobody's way. Used by one
 * thread; the caller closes it.
 */
public interface Watch extends AutoCloseable {
    /**
     * Keeps other guards away from the database, wherever they have their repositories, until this is closed.
     *
     * @throws dev.holdfast.error.HoldfastException BUSY with the name of the one that is at it, UNSUPPORTED when the database cannot be
     *     written to
     */
    void claim();

    /** Whether the claim has held since; a connection that was cut gives it up. */
    boolean isHeld();

    /**
     * A place in the server's log of changes. While it stays the same no row and no object was changed in any of its databases; only
     * sequences may have given out a few numbers that were set aside for them before.
     */
    String position();

    /** The sessions and transactions that begin from now on count as begun since. */
    void begin();

    /**
     * How many sessions were there at {@link #begin} already and have been at work since, as far as the role may see, or may have been:
     * others, who may have changed something.
     */
    long others();

    /** What has begun since {@link #begin} and may still change something. */
    List<Leftover> leftovers();

    /** Ends what has begun; what cannot be ended goes on, and is listed again by {@link #leftovers}. */
    void end(List<Leftover> leftovers);

    /** The variables of a program's environment, so that a statement of it ends soon when the program is gone. */
    Map<String, String> forPrograms(Map<String, String> environment);

    /** Asks the database a question in its own language; empty when the answer is yes, else what it said instead. */
    Optional<String> doubts(String question);

    /** Which relations' rows go with those of others. */
    List<Link> links();

    @Override
    void close();

    /**
     * A session or a transaction of somebody.
     *
     * @param id tells it from all others, later ones too
     * @param who for people
     * @param mayBeEnded a session may, a transaction that was prepared only when it is of the same role
     */
    record Leftover(String id, String who, boolean mayBeEnded) {}

    /**
     * That rows of a relation are deleted, or lose their reference, when the row of another one goes that they refer to.
     *
     * @param how for people, as the product spells it
     */
    record Link(String from, String to, Effect effect, String how) {}

    /** What becomes of a row when the one goes that it refers to. */
    enum Effect {
        DELETED,
        CHANGED
    }
}
