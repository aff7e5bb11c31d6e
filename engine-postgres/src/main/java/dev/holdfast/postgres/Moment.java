package dev.holdfast.postgres;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One snapshot of a database on several connections, with every table locked against being emptied, rewritten or dropped. Close ends all
 * connections.
 */
final class Moment implements AutoCloseable {
    private static final int TRIES = 5;
    private static final String BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

    /** What the server said when the snapshot was taken. */
    record Facts(
            String snapshot,
            Instant time,
            boolean inRecovery,
            String serverStart,
            List<String> position,
            ServerHistory history) {}

    private final List<PgSession> sessions;
    private final List<PgSession> own;
    private final Facts facts;
    private final List<Table> tables;

    /**
     * @param sessions the first is the lead's
     * @param own those that end with the moment
     */
    private Moment(List<PgSession> sessions, List<PgSession> own, Facts facts, List<Table> tables) {
        this.sessions = sessions;
        this.own = own;
        this.facts = facts;
        this.tables = tables;
    }

    /**
     * Opens a moment. A table that was emptied, rewritten or renamed between snapshot and lock would be read as something else than the
     * snapshot shows: then everything starts again. Where the server takes fewer connections than asked for, there are fewer readers.
     */
    static Moment open(PgConnections connections, TableChoice choice, int readers) {
        String trouble = "";
        for (int attempt = 0; attempt < TRIES; attempt++) {
            List<PgSession> opened = new ArrayList<>();
            try {
                opened.add(connections.openSession());
                Connection lead = opened.get(0).connection();
                Facts facts = begin(lead);
                List<Table> tables = choice.tables(lead);
                lock(connections, lead, tables);
                Set<String> moved = CatalogDrift.since(lead, connections);
                if (!moved.isEmpty()) {
                    throw new MovedException(CatalogDrift.listed(moved));
                }
                List<Table> measured = TableLayout.measure(lead, tables);
                joinUpTo(readers, connections, facts, opened);
                return new Moment(opened, opened, facts, measured);
            } catch (MovedException e) {
                opened.forEach(PgSession::close);
                trouble = String.valueOf(e.getMessage());
            } catch (RuntimeException e) {
                opened.forEach(PgSession::close);
                throw e;
            }
        }
        throw new HoldfastException(
                        ErrorCode.DATABASE_FAILED,
                        "no consistent moment in " + TRIES
                                + " tries, each time something was emptied, rewritten, renamed or dropped: " + trouble)
                .withHint("run the backup when no migration or TRUNCATE is under way");
    }

    /**
     * The moment of a transaction that goes on, whose tables are locked. Its session is the lead, and stays open when the moment is closed.
     *
     * @param facts as {@link #facts} read them in that transaction
     */
    static Moment within(PgSession writer, Facts facts, PgConnections connections, TableChoice choice, int readers) {
        List<PgSession> sessions = new ArrayList<>(List.of(writer));
        try {
            List<Table> tables = TableLayout.measure(writer.connection(), choice.tables(writer.connection()));
            joinUpTo(readers, connections, facts, sessions);
            return new Moment(sessions, sessions.subList(1, sessions.size()), facts, tables);
        } catch (RuntimeException e) {
            sessions.stream().skip(1).forEach(PgSession::close);
            throw e;
        }
    }

    /** A table is not what the snapshot shows any more. */
    static final class MovedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MovedException(String table) {
            super(table);
        }
    }

    private static Facts begin(Connection lead) {
        ServerHistory history = ServerHistory.read(lead);
        PgConnections.execute(lead, "opening a snapshot", BEGIN);
        return facts(lead, history);
    }

    /**
     * What the server says about the snapshot of the transaction that was begun.
     *
     * @param history read before
     */
    static Facts facts(Connection lead, ServerHistory history) {
        try (var statement = lead.createStatement();
                ResultSet row = statement.executeQuery(Sql.text("moment"))) {
            row.next();
            return new Facts(
                    row.getString(1),
                    row.getObject(2, OffsetDateTime.class).toInstant(),
                    row.getBoolean(3),
                    row.getString(4),
                    List.of(row.getString(5), row.getString(6)),
                    history);
        } catch (SQLException e) {
            throw PgErrors.of("opening a snapshot", e);
        }
    }

    /** Tables, and the partitioned ones above them, which pg_dump locks too: here whoever is in the way can be named. */
    private static void lock(PgConnections connections, Connection lead, List<Table> tables) {
        List<String> names = TableNames.toLock(lead, tables);
        if (names.isEmpty()) {
            return;
        }
        try (var statement = lead.createStatement()) {
            statement.execute("LOCK TABLE ONLY " + String.join(", ONLY ", names) + " IN ACCESS SHARE MODE");
        } catch (SQLException e) {
            if (PgErrors.isGoneName(e)) {
                throw new MovedException(PgErrors.oneLine(e));
            }
            throw PgErrors.is(e, PgErrors.LOCK_NOT_AVAILABLE)
                    ? blocked(connections, e)
                    : PgErrors.of("locking tables against being dropped", e);
        }
    }

    private static HoldfastException blocked(PgConnections connections, SQLException failure) {
        List<String> blockers = Blockers.of(connections);
        String doing = "locking tables against being dropped";
        return PgErrors.of(blockers.isEmpty() ? doing : doing + ": " + String.join(", ", blockers), failure);
    }

    private static void joinUpTo(int readers, PgConnections connections, Facts facts, List<PgSession> opened) {
        boolean more = true;
        while (more && opened.size() < readers) {
            more = join(connections, facts, opened);
        }
    }

    /** One more reader; false when the server has no connection left for us. Then one is given back: pg_dump needs it. */
    private static boolean join(PgConnections connections, Facts facts, List<PgSession> opened) {
        try {
            opened.add(join(connections, facts));
            return true;
        } catch (HoldfastException e) {
            if (PgErrors.isBecauseOf(e, PgErrors.TOO_MANY_CONNECTIONS)) {
                if (opened.size() > 1) {
                    opened.remove(opened.size() - 1).close();
                }
                return false;
            }
            throw e;
        }
    }

    private static PgSession join(PgConnections connections, Facts facts) {
        PgSession worker = connections.openSession();
        try (var statement = worker.connection().createStatement()) {
            statement.execute(BEGIN + "; SET TRANSACTION SNAPSHOT " + Sql.value(facts.snapshot));
            try (ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_postmaster_start_time()::text")) {
                row.next();
                if (!facts.serverStart.equals(row.getString(1))) {
                    throw new HoldfastException(
                                    ErrorCode.UNSUPPORTED,
                                    connections.address() + ": two connections reached two servers")
                            .withHint("name the server itself, not a load balancer");
                }
            }
            return worker;
        } catch (SQLException e) {
            worker.close();
            throw PgErrors.of("joining the snapshot", e);
        } catch (HoldfastException e) {
            worker.close();
            throw e;
        }
    }

    Facts facts() {
        return facts;
    }

    List<Table> tables() {
        return tables;
    }

    Connection lead() {
        return sessions.get(0).connection();
    }

    /** The readers; the first is the lead's. */
    List<CopyReader> readers() {
        PgSession lead = sessions.get(0);
        return sessions.stream()
                .map(session -> new CopyReader(session, session == lead, facts.inRecovery()))
                .toList();
    }

    @Override
    public void close() {
        own.forEach(PgSession::close);
    }
}
