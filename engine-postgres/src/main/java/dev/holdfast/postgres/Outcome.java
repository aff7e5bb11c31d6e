package dev.holdfast.postgres;

import dev.holdfast.error.HoldfastException;

/** How a transaction ended whose COMMIT was not answered, asked for on other connections. */
final class Outcome {
    static final String COMMITTED = "committed";
    static final String ABORTED = "aborted";

    private static final String UNKNOWN = "unknown";
    private static final int TRIES = 300;

    private final PgConnections connections;

    Outcome(PgConnections connections) {
        this.connections = connections;
    }

    /** The word for it; another one when nobody answers for half a minute, or it still goes on then. */
    String of(String transaction) {
        for (int i = 0; i < TRIES; i++) {
            String status = ask(transaction);
            if (status.equals(COMMITTED) || status.equals(ABORTED)) {
                return status;
            }
            Pause.moment();
        }
        return UNKNOWN;
    }

    private String ask(String transaction) {
        try (PgSession session = connections.openSession()) {
            return PgConnections.column(
                            session.connection(),
                            "asking how a transaction ended",
                            "SELECT coalesce(pg_catalog.pg_xact_status('" + transaction + "'), '')")
                    .get(0);
        } catch (HoldfastException e) {
            return UNKNOWN;
        }
    }
}
