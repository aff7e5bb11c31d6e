package dev.holdfast.postgres;

import dev.holdfast.error.HoldfastException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends sessions that are in the way of another session of ours, from a connection of its own, again and again until it is closed. That it
 * cannot is no failure by itself: the other one waits for them only so long.
 */
final class SessionEnding implements AutoCloseable {
    private static final long EVERY_MILLIS = 50;

    private final String statement;
    private final CountDownLatch over = new CountDownLatch(1);
    private final PgSession session;
    private final Thread thread;

    /**
     * @param statement ends whoever is in the way just now
     */
    SessionEnding(PgConnections connections, String statement) {
        this.statement = statement;
        this.session = connections.openSession();
        this.thread = new Thread(this::endAgainAndAgain, "holdfast-ending");
        thread.setDaemon(true);
        thread.start();
    }

    private void endAgainAndAgain() {
        try {
            while (!over.await(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                PgConnections.rows(session.connection(), "ending sessions", statement);
            }
        } catch (HoldfastException e) {
            return; // the session that waits says who is in its way
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over.countDown();
        session.close();
    }
}
