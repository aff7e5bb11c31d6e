package dev.holdfast.postgres;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.run.Run;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Locks all tables against writers at the beginning of a transaction; readers go on. Whoever waits for the lock keeps new writers waiting,
 * so it never waits long: it gives up, lets them pass, and tries again.
 */
final class WriteLock {
    /** Any two numbers that nobody else uses: the letters of our name. */
    static final long ONLY_ONE = 0x686f6c64;

    /** The second number of a run that puts a database back; that of a guard is the number of the database. */
    static final long RUN = 0x66617374;
    /** How often it is tried before those in the way are named. */
    static final int TRIES = 12;

    private static final int MOST_PAUSES = 20;
    static final int CLAIMS = 30;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final PgSession session;
    private final PgConnections connections;
    private final int tries;
    private final Run run;

    WriteLock(PgSession session, PgConnections connections, int tries, Run run) {
        this.session = session;
        this.connections = connections;
        this.tries = tries;
        this.run = run;
    }

    /**
     * Keeps a second run of ours away from the database, wherever that has its repository, for as long as the session lasts.
     *
     * @param withinGuard whether a guard may be at it, whose part this is
     */
    void beTheOnlyOne(boolean withinGuard) {
        for (int i = 0; i < CLAIMS; i++) {
            if (isClaimed(session.connection(), RUN)) {
                refuseGuarded(withinGuard);
                return;
            }
            Pause.moment(); // a session that was broken off may take a little to go
        }
        throw isAtIt("another run is putting this database back", ask("other-run", ONLY_ONE, RUN));
    }

    private void refuseGuarded(boolean withinGuard) {
        String own = "SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()";
        String oid = PgConnections.column(session.connection(), "looking for other runs", own)
                .get(0);
        List<String> guards = withinGuard ? List.of() : ask("guards", ONLY_ONE, oid, 0);
        if (!guards.isEmpty()) {
            throw isAtIt("another run is at work on this database", guards);
        }
    }

    private List<String> ask(String query, Object... about) {
        return PgConnections.column(
                session.connection(), "looking for other runs", String.format(Sql.text(query), about));
    }

    /** The refusal of whoever comes second. */
    static HoldfastException isAtIt(String what, List<String> who) {
        return new HoldfastException(ErrorCode.BUSY, what + ": " + String.join("; ", who))
                .withHint("wait until it has ended, and look at the database before anything else");
    }

    /** Takes one of our locks for as long as the session lasts, unless another session has it. */
    static boolean isClaimed(Connection connection, long what) {
        String ask = "SELECT pg_catalog.pg_try_advisory_lock(" + ONLY_ONE + ", " + what + "::bigint::bit(32)::int)";
        return PgConnections.column(connection, "looking for other runs", ask).equals(List.of("t"));
    }

    /**
     * Begins the transaction with the lock, and reads what the server says about its snapshot.
     *
     * @param longestWait at most so long at once
     */
    Moment.Facts take(Optional<Duration> longestWait) {
        long wait = Math.max(
                1,
                longestWait
                        .filter(most -> most.compareTo(LONGEST_WAIT) < 0)
                        .orElse(LONGEST_WAIT)
                        .toMillis());
        String begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE; SET LOCAL lock_timeout = " + wait;
        ServerHistory history = ServerHistory.read(session.connection());
        for (int attempt = 1; ; attempt++) {
            run.checkInterrupted();
            List<Table> tables = PostgresCapture.readable(session.connection());
            List<String> names = names(session.connection(), tables);
            try (var statement = session.connection().createStatement()) {
                statement.execute(begin);
                if (!names.isEmpty()) {
                    statement.execute("LOCK TABLE ONLY " + String.join(", ONLY ", names) + " IN EXCLUSIVE MODE");
                }
                Moment.Facts facts = Moment.facts(session.connection(), history);
                if (names.equals(names(session.connection(), PostgresCapture.readable(session.connection())))) {
                    statement.execute("SET LOCAL lock_timeout = '10s'");
                    return facts;
                }
            } catch (SQLException e) {
                if (!canPass(e) || attempt >= tries) {
                    throw refused(e, tables);
                }
            }
            if (attempt >= tries) {
                throw new HoldfastException(
                                ErrorCode.DATABASE_FAILED, "tables are made, dropped or renamed all the time")
                        .withHint("run the same command again when no migration is under way");
            }
            PgConnections.execute(session.connection(), "letting writers pass", "ROLLBACK");
            for (int i = 0; i < Math.min(attempt * 2, MOST_PAUSES); i++) {
                run.checkInterrupted();
                Pause.moment();
            }
        }
    }

    /**
     * The catalogs of large objects only a superuser may lock. They come first: who writes one of those as a rule writes to a table after
     * it.
     */
    private static List<String> names(Connection connection, List<Table> tables) {
        List<String> names = new ArrayList<>();
        if (LargeObjects.areWritable(connection)) {
            names.add(LargeObjectPages.OBJECTS);
            names.add(LargeObjectPages.CATALOG);
        }
        names.addAll(TableNames.toLock(
                connection,
                tables.stream()
                        .filter(table -> !(table.source() instanceof LargeObjectPages))
                        .toList()));
        return names;
    }

    private static boolean canPass(SQLException e) {
        return PgErrors.is(e, PgErrors.LOCK_NOT_AVAILABLE) || PgErrors.isDeadlock(e) || PgErrors.isGoneName(e);
    }

    private HoldfastException refused(SQLException e, List<Table> tables) {
        HoldfastException failure = PgErrors.of("locking all tables against writers", e);
        if (!PgErrors.is(e, PgErrors.LOCK_NOT_AVAILABLE)) {
            return PgErrors.ofWriting(failure);
        }
        try (PgSession outside = connections.openSession()) {
            List<String> holders = PgConnections.column(
                    outside.connection(),
                    "asking who is in the way",
                    String.format(Sql.text("holders"), Table.oids(tables)));
            return new HoldfastException(
                            ErrorCode.BUSY,
                            "others do not end their transactions: "
                                    + (holders.isEmpty() ? "nobody holds a table now" : String.join("; ", holders)),
                            e)
                    .withHint(
                            "end them (SELECT pg_terminate_backend(PROCESS)), or run the same command when they have ended");
        }
    }
}
