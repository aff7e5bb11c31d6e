package dev.holdfast.postgres;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What may stand between us and the server: a pooler, which hands its own connections to the server on to its clients. One that does so
 * for each session is fine. One that does so for each transaction or statement is not: a snapshot would be lost, and settings that we make
 * for ourselves would stay with whoever comes next. Safe for several threads.
 */
final class Pooler {
    /** Poolers choose the connection that was used last, or the one before all others, or any: then chance must not hide them. */
    private static final int ROUNDS = 12;

    private volatile boolean between;
    private volatile boolean checked;

    /**
     * @param between whether one is known to be there, although not yet what it does
     */
    Pooler(boolean between) {
        this.between = between;
    }

    /** The same on the way to another database, where it may do otherwise. */
    Pooler elsewhere() {
        return new Pooler(between);
    }

    /** Whether one was seen. */
    boolean isBetween() {
        return between;
    }

    /**
     * To be called before anything is set in the session.
     *
     * @param answering the server's process that answered in the session
     * @param another opens one more session, likewise untouched
     */
    void check(PgSession session, String answering, Supplier<PgSession> another) {
        if (checked || session.announcedProcess().equals(answering)) {
            return;
        }
        try (PgSession other = another.get()) {
            Set<String> ours = new HashSet<>(Set.of(answering));
            Set<String> theirs = new HashSet<>();
            for (int round = 0; round < ROUNDS; round++) {
                theirs.add(process(other));
                theirs.add(process(other));
                ours.add(process(session));
                if (ours.size() > 1 || theirs.size() > 1 || ours.equals(theirs)) {
                    throw sharing();
                }
            }
        }
        checked = true;
        between = true;
    }

    private static String process(PgSession session) {
        return PgConnections.rows(session.connection(), "asking who answers", "SELECT pg_catalog.pg_backend_pid()")
                .get(0)
                .get(0);
    }

    private static HoldfastException sharing() {
        return new HoldfastException(
                        ErrorCode.UNSUPPORTED,
                        "a pooler stands between, and gives a session another connection to the server for each"
                                + " transaction: no snapshot can be held through it")
                .withHint("name the server itself, or a port of the pooler in session mode");
    }
}
