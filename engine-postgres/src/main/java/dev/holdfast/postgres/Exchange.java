package dev.holdfast.postgres;

import dev.holdfast.error.Aftermath;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Severity;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Gives a restored database the name of a live one, which is kept under another name, in one transaction. Its first statement locks the
 * live one: whoever connects from then on waits, so that ended sessions cannot come back before it is done. What became of a transaction
 * whose answer was lost is looked up. Used once.
 */
final class Exchange {
    private static final String DOING = "exchanging the databases";
    /** Each waits a few seconds for locks and sessions, while others wait to connect. */
    private static final int TRIES = 3;

    private static final int LOOKS = 100;
    private static final Set<String> WORTH_ANOTHER_TRY =
            Set.of(PgErrors.OBJECT_IN_USE, PgErrors.LOCK_NOT_AVAILABLE, PgErrors.DEADLOCK);

    private final PgConnections beside;
    private final Replaced live;
    private final String keptAs;
    private final Work work;
    private final Run run;

    /** The restored database under the name that it has until now. */
    record Work(String name, String oid) {}

    /** A session of ours on the server, told apart from a later one of the same process number. */
    private record Backend(String pid, String started) {}

    /**
     * @param beside to a database that is neither of the two; not to be broken off
     */
    Exchange(PgConnections beside, Replaced live, String keptAs, Work work, Run run) {
        this.beside = beside;
        this.live = live;
        this.keptAs = keptAs;
        this.work = work;
        this.run = run;
    }

    /** When this returns, the restored database has the name; when it throws, the live one still has it, or the error says otherwise. */
    void execute() {
        for (int i = 1; !done(i == TRIES); i++) {
            Pause.moment();
        }
    }

    /** One try; whether it was done. */
    private boolean done(boolean last) {
        try (PgSession session = beside.openSession()) {
            Connection connection = session.connection();
            live.refuseTied(connection);
            Backend ours = backend(connection);
            try {
                inOneTransaction(connection, ours);
                return true;
            } catch (RuntimeException e) {
                if (isDoneAllTheSame(ours, e)) {
                    return true;
                }
                if (last || WORTH_ANOTHER_TRY.stream().noneMatch(state -> isBecauseOf(e, state))) {
                    throw isBecauseOf(e, PgErrors.OBJECT_IN_USE) ? withSessions((HoldfastException) e) : e;
                }
                return false;
            }
        }
    }

    private static boolean isBecauseOf(RuntimeException e, String state) {
        return e instanceof HoldfastException known && PgErrors.isBecauseOf(known, state);
    }

    private static Backend backend(Connection connection) {
        List<String> row = PgConnections.rows(
                        connection,
                        DOING,
                        "SELECT pid, backend_start FROM pg_catalog.pg_stat_activity WHERE pid = pg_catalog.pg_backend_pid()")
                .get(0);
        return new Backend(row.get(0), row.get(1));
    }

    /** A commit that the server may forget in a crash would be none, whatever the role's settings say. */
    private void inOneTransaction(Connection connection, Backend ours) {
        String end = String.format(Sql.text("end-sessions"), ours.pid, live.oid(), work.oid);
        try (var ending = new SessionEnding(beside, end)) {
            PgConnections.execute(
                    connection, DOING, "BEGIN; SET LOCAL lock_timeout = '5s'; SET LOCAL synchronous_commit = on");
            rename(connection, live.name(), keptAs);
            refuseAnother(connection);
            live.refuseTied(connection);
            new ProtectionMarker(live.oid()).carryTo(connection, work.name);
            rename(connection, work.name, live.name());
            PgConnections.execute(connection, DOING, "COMMIT");
        }
        if (!work.oid.equals(bearer(connection).orElse(""))) {
            throw new HoldfastException(ErrorCode.INTERNAL, DOING + ": the server did not do it, and did not say why");
        }
    }

    private static void rename(Connection connection, String from, String to) {
        PgConnections.execute(connection, DOING, "ALTER DATABASE " + Sql.name(from) + " RENAME TO " + Sql.name(to));
    }

    /** It was looked at hours ago. */
    private void refuseAnother(Connection connection) {
        if (!Optional.of(live.oid()).equals(number(connection, keptAs))) {
            throw new HoldfastException(
                            ErrorCode.SOURCE_MISMATCH,
                            "database " + live.name() + " is not the one any more of which the safety backup is")
                    .withHint("somebody has exchanged it or made it anew meanwhile; run the same command again");
        }
    }

    /** The number of the database that has the name now. */
    private Optional<String> bearer(Connection connection) {
        return number(connection, live.name());
    }

    private static Optional<String> number(Connection connection, String name) {
        return PgConnections.column(
                        connection, DOING, "SELECT oid FROM pg_catalog.pg_database WHERE datname = " + Sql.value(name))
                .stream()
                .findFirst();
    }

    /**
     * Whether it was done although it did not look so. Our session may live on when its connection is cut, with the transaction open or a
     * commit under way: it is ended first, and seen to be gone.
     */
    private boolean isDoneAllTheSame(Backend ours, RuntimeException failure) {
        boolean interrupted = Thread.interrupted(); // which would end every connection that looks
        try {
            boolean done = look(ours, failure).equals(Optional.of(work.oid));
            if (done) {
                run.finding(new Finding(
                        Severity.NOTE,
                        "answer_lost",
                        live.name(),
                        "the server's answer to the exchange was lost (" + failure.getMessage()
                                + "); it was looked up: database " + live.name() + " is the restored one"));
            }
            return done;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Optional<String> look(Backend ours, RuntimeException failure) {
        String end = "SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE pid = "
                + ours.pid + " AND backend_start = " + Sql.value(ours.started);
        for (int i = 0; i < LOOKS; i++) {
            try (PgSession session = beside.openSession()) {
                if (PgConnections.rows(session.connection(), DOING, end).isEmpty()) {
                    return bearer(session.connection());
                }
            } catch (HoldfastException e) {
                failure.addSuppressed(e); // the server may be starting again
            }
            Pause.moment();
        }
        throw unknown(failure);
    }

    private HoldfastException unknown(RuntimeException failure) {
        return new HoldfastException(
                        ErrorCode.UNREACHABLE,
                        DOING + ": the server gave no answer, and could not be asked afterwards: "
                                + failure.getMessage(),
                        failure)
                .withAftermath(Aftermath.NOT_PUT_BACK)
                .withHint("look with psql -l: if there is a database " + keptAs + ", all was done, and " + live.name()
                        + " is the restored one; if not, " + live.name()
                        + " is as it was, and this removes what is left: "
                        + "DROP DATABASE " + Sql.name(work.name));
    }

    private HoldfastException withSessions(HoldfastException failure) {
        try (PgSession session = beside.openSession()) {
            String sessions = live.sessions(session.connection());
            return failure.withHint("these sessions could not be ended or came back: "
                    + (sessions.isEmpty() ? "none is left now" : sessions)
                    + "; run the same command again without them");
        } catch (HoldfastException e) {
            failure.addSuppressed(e);
            return failure;
        }
    }
}
