package dev.holdfast.postgres;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Stream;

/** Turns the server's answers into our codes; the one place that knows SQLSTATEs. */
final class PgErrors {
    static final String LOCK_NOT_AVAILABLE = "55P03";
    static final String OBJECT_IN_USE = "55006";
    static final String TOO_MANY_CONNECTIONS = "53300";
    static final String UNDEFINED_DATABASE = "3D000";
    static final String DEPENDENT_OBJECTS = "2BP01";
    static final String FOREIGN_KEY_BROKEN = "23503";
    /** Rows that a unique index does not take. */
    static final String NOT_UNIQUE = "23505";
    /** Rows that an exclusion constraint does not take. */
    static final String EXCLUDED = "23P01";
    /** An object of that name is there already. */
    static final String IS_THERE = "42710";
    /** The statement is not for this kind of object. */
    static final String WRONG_KIND = "42809";

    /** Classes of errors that the same rows would meet again. */
    private static final Set<String> FINAL = Set.of("08", "25", "28", "53", "57", "58", "F0", "XX");

    /** No such table or index, object, or key to point at; or columns that do not follow from a key. */
    private static final Set<String> UNDEFINED = Set.of("42P01", "42704", "42830", "42803");

    /** Nothing may be written here. */
    static final String READ_ONLY = "25006";

    private static final String NO_RIGHT = "42501";
    private static final String NO_MEMORY = "53200";
    private static final String CANCELED = "57014";
    static final String DEADLOCK = "40P01";
    private static final String LOST = "08006";
    private static final String TERMINATED = "57P01";
    private static final String SERIALIZATION = "40001";

    static final String RECOVERY_CONFLICT_HINT =
            "a standby ends sessions that stand in the way of what it replays: set hot_standby_feedback = on there, or"
                    + " raise max_standby_streaming_delay, or name the primary";

    static final String CONNECTIONS_HINT =
            "a run needs at least three connections at once; see CONNECTION LIMIT of the role and the database, and"
                    + " max_connections";

    private PgErrors() {}

    static boolean is(SQLException e, String state) {
        return state.equals(e.getSQLState());
    }

    /** Whether an error of ours stands for the server's answer of that state. */
    static boolean isBecauseOf(HoldfastException e, String state) {
        return e.getCause() instanceof SQLException cause && is(cause, state);
    }

    /** Whether one database does not let us in, or is not there, while another one of the server may. */
    static boolean isNoEntry(HoldfastException e) {
        return isBecauseOf(e, UNDEFINED_DATABASE)
                || isBecauseOf(e, "28000")
                || isBecauseOf(e, "28P01")
                || isBecauseOf(e, "42501")
                || isBecauseOf(e, "55000");
    }

    /** No table or schema of that name any more. */
    static boolean isGoneName(SQLException e) {
        return Set.of("42P01", "3F000").contains(String.valueOf(e.getSQLState()));
    }

    /** Two waited for each other, and this one was chosen to give up. */
    static boolean isDeadlock(SQLException e) {
        return is(e, DEADLOCK);
    }

    /** No right to it, not on a standby, or no such function here. */
    static boolean isRefusal(SQLException e) {
        return Set.of(NO_RIGHT, READ_ONLY, "42883").contains(String.valueOf(e.getSQLState()));
    }

    /**
     * Whether rows that were refused may be taken later. A check may call any function, and a function may raise anything, so only errors
     * that tell of the server, the login or the session in general are final: connection, state of the transaction, login, resources,
     * somebody's intervention, files, configuration, and the server's own faults. A deadlock is not, since another loader won it.
     */
    static boolean mayPassLater(SQLException e) {
        String state = e.getSQLState();
        return state != null && state.length() == 5 && !FINAL.contains(state.substring(0, 2));
    }

    /** What a statement names is not there, or not such that it will do. */
    static boolean isUndefined(HoldfastException e) {
        return e.getCause() instanceof SQLException cause && UNDEFINED.contains(String.valueOf(cause.getSQLState()));
    }

    /** An index of that name is there already, or another primary key. */
    static boolean isTakenIndex(HoldfastException e) {
        return isBecauseOf(e, "42P07") || isBecauseOf(e, "42P16");
    }

    /** An object, relation or function of that name is there already. */
    static boolean isTakenName(HoldfastException e) {
        return isBecauseOf(e, IS_THERE) || isBecauseOf(e, "42P07") || isBecauseOf(e, "42723");
    }

    /** Whether rows do not fit together: SQL's class 23. */
    static boolean isOfConstraint(HoldfastException e) {
        return e.getCause() instanceof SQLException cause
                && String.valueOf(cause.getSQLState()).startsWith("23");
    }

    /** As {@link #of}, for who writes to tables: there the right to read them is not what is missing. */
    static HoldfastException ofWriting(String doing, SQLException e) {
        return ofWriting(of(doing, e));
    }

    static HoldfastException ofWriting(HoldfastException e) {
        return e.getCause() instanceof SQLException cause && isRefusal(cause)
                ? e.withHint("to put rows back, the role must be the tables' owner, or a superuser")
                : e;
    }

    static HoldfastException of(String doing, SQLException e) {
        String state = String.valueOf(e.getSQLState());
        String message = doing + ": " + oneLine(e);
        if (isRecoveryConflict(message)) {
            ErrorCode code = state.startsWith("57P") ? ErrorCode.UNREACHABLE : ErrorCode.DATABASE_FAILED;
            return new HoldfastException(code, message, e).withHint(RECOVERY_CONFLICT_HINT);
        }
        if (state.startsWith("08")) {
            return new HoldfastException(ErrorCode.UNREACHABLE, message, e)
                    .withHint("is the server running, and do host and port match? try: psql with the same settings");
        }
        if (state.startsWith("28")) {
            return new HoldfastException(ErrorCode.UNREACHABLE, message, e)
                    .withHint(
                            "the server refused the login: check user, password (PGPASSWORD, ~/.pgpass) and pg_hba.conf");
        }
        if (state.startsWith("57P")) {
            return new HoldfastException(ErrorCode.UNREACHABLE, message, e)
                    .withHint(
                            "the server is shutting down, starting, or ended this session; run the same command again");
        }
        if (state.equals(UNDEFINED_DATABASE)) {
            return new HoldfastException(ErrorCode.UNREACHABLE, message, e)
                    .withHint("psql -l with the same settings lists the databases that are there");
        }
        if (state.equals(NO_RIGHT) && message.contains("row-level security")) {
            return new HoldfastException(ErrorCode.DENIED, message, e)
                    .withHint("a policy would hide rows; use a role with BYPASSRLS");
        }
        if (state.equals(NO_RIGHT)) {
            return new HoldfastException(ErrorCode.DENIED, message, e)
                    .withHint("the role needs SELECT on every table: GRANT pg_read_all_data TO <role>");
        }
        if (state.equals(LOCK_NOT_AVAILABLE)) {
            return new HoldfastException(ErrorCode.DATABASE_FAILED, message, e)
                    .withHint("another session holds a lock; see pg_stat_activity, then run the same command again");
        }
        if (state.equals(TOO_MANY_CONNECTIONS)) {
            return new HoldfastException(ErrorCode.DATABASE_FAILED, message, e).withHint(CONNECTIONS_HINT);
        }
        if (state.equals(NO_MEMORY) && message.contains("shared memory")) {
            return new HoldfastException(ErrorCode.DATABASE_FAILED, message, e)
                    .withHint(
                            "the server has no room for so many locks at once: raise max_locks_per_transaction and start it"
                                    + " again; large objects that are too many can also be removed beforehand, by lo_unlink, some"
                                    + " thousands in each transaction");
        }
        if (state.equals(CANCELED)) {
            return new HoldfastException(ErrorCode.DATABASE_FAILED, message, e)
                    .withHint("somebody canceled the statement; run the same command again");
        }
        if (state.equals(DEADLOCK)) {
            return new HoldfastException(ErrorCode.DATABASE_FAILED, message, e)
                    .withHint("run the same command again when no migration is under way");
        }
        return new HoldfastException(ErrorCode.DATABASE_FAILED, message, e);
    }

    /** A standby that must go on replaying ends the queries that are in its way. By English words: for hints alone. */
    static boolean isRecoveryConflict(String message) {
        return message.contains("conflict with recovery");
    }

    /**
     * A session that a standby ended while we did not listen is just gone, without a reason; and where it does tell the reason, that may be
     * in any language. Nobody but a standby refuses to go on reading a snapshot.
     */
    static HoldfastException ofStandby(HoldfastException e) {
        boolean ended = Stream.of(LOST, TERMINATED, SERIALIZATION).anyMatch(state -> isBecauseOf(e, state));
        if (!ended || e.hint().orElse("").equals(RECOVERY_CONFLICT_HINT)) {
            return e;
        }
        return e.withHint(e.hint().map(hint -> hint + "; or ").orElse("") + RECOVERY_CONFLICT_HINT);
    }

    static String oneLine(SQLException e) {
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return text.lines().findFirst().orElse(text);
    }
}
