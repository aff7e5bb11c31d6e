package dev.holdfast.postgres;

import dev.holdfast.run.Run;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server that a backup may be tried on. Close removes what was made of it. */
interface SandboxServer extends AutoCloseable {
    /**
     * What is lost with a server of our own is lost on purpose, so nothing is kept for a crash. Its locks are many, since a database with
     * many tables is restored in few transactions.
     */
    Map<String, String> FAST = Map.of(
            "fsync", "off",
            "synchronous_commit", "off",
            "full_page_writes", "off",
            "wal_level", "minimal",
            "max_wal_senders", "0",
            "autovacuum", "off",
            "max_wal_size", "8GB",
            "max_locks_per_transaction", "512");

    /** For people. */
    String description();

    /** How the engine connects to it, whichever database is wanted. */
    String url();

    /** The same, with all that the environment adds; names a database that is there. */
    PgAddress address();

    /** The name that a restored database gets here. */
    String nameFor(String wanted);

    /** Makes a role that nobody can be, unless there is one of the name; whether it was made. */
    boolean place(String role);

    /** From now on close leaves everything as it is; how people reach and remove it, one line each. */
    List<String> keep();

    @Override
    void close();

    /** A connection to a database of it, for a look. */
    default PgSession session(String database) {
        return new PgConnections(address().withDatabase(database)).openSession();
    }

    /** A connection to it, whichever database that is. */
    default PgSession session() {
        return new PgConnections(address()).openSession();
    }

    /** One kind of such servers. */
    interface Kind {
        /** The word by which people choose it. */
        String word();

        /**
         * Starts one; empty with a reason in the list where this machine has none of the kind.
         *
         * @param major of the server that was backed up; an older one must not be taken
         */
        Optional<SandboxServer> start(int major, Run run, List<String> reasons);
    }
}
