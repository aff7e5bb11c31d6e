package dev.holdfast.postgres;

import dev.holdfast.engine.RangeReader;
import dev.holdfast.engine.RecordSink;
import dev.holdfast.engine.Relation;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads ranges with COPY on one connection of a moment. Used by one thread at a time. */
final class CopyReader implements RangeReader {
    private final PgSession session;
    private final boolean lead;
    private final boolean standby;
    private final Map<Long, Boolean> locked = new HashMap<>();

    CopyReader(PgSession session, boolean lead, boolean standby) {
        this.session = session;
        this.lead = lead;
        this.standby = standby;
    }

    @Override
    public boolean read(Relation relation, JsonObject range, RecordSink sink) {
        Table table = Table.of(relation.facts());
        if (!lead && !locked.computeIfAbsent(table.oid(), oid -> lock(table))) {
            return false;
        }
        String copy = "COPY " + table.copied(range) + " TO STDOUT" + session.copyOptions();
        try {
            session.copyOut(copy, sink);
        } catch (SQLException e) {
            throw isRenamed(e) ? renamed(relation.name(), e) : failed(relation.name(), e);
        }
        return true;
    }

    private static boolean isRenamed(SQLException e) {
        return PgErrors.isGoneName(e) || PgErrors.oneLine(e).contains(Table.RENAMED);
    }

    private HoldfastException failed(String table, SQLException e) {
        HoldfastException failure = PgErrors.of("reading table " + table, e);
        return standby ? PgErrors.ofStandby(failure) : failure;
    }

    /** On a standby, the replay of such a change first ended the session that held the lock; which error is seen first is chance. */
    private HoldfastException renamed(String table, SQLException e) {
        return new HoldfastException(
                        ErrorCode.DATABASE_FAILED,
                        "table " + table + " was renamed while it was read: " + PgErrors.oneLine(e),
                        e)
                .withHint("run the same command again when no migration is under way"
                        + (standby ? "; or " + PgErrors.RECOVERY_CONFLICT_HINT : ""));
    }

    /**
     * Where an ALTER TABLE waits for the lead to end, waiting behind it would hang for ever: the server does not see that the lead waits
     * for us. So this never waits.
     */
    private boolean lock(Table table) {
        List<String> names = table.source().locked(table);
        if (names.isEmpty()) {
            return true;
        }
        try (var statement = session.connection().createStatement()) {
            statement.execute("SAVEPOINT holdfast; LOCK TABLE ONLY " + String.join(", ONLY ", names)
                    + " IN ACCESS SHARE MODE NOWAIT; RELEASE SAVEPOINT holdfast");
            return true;
        } catch (SQLException e) {
            if (isRenamed(e)) {
                throw renamed(table.displayName(), e);
            }
            if (!PgErrors.is(e, PgErrors.LOCK_NOT_AVAILABLE)) {
                throw PgErrors.of("locking " + table.displayName(), e);
            }
            PgConnections.execute(session.connection(), "going on without a lock", "ROLLBACK TO SAVEPOINT holdfast");
            return false;
        }
    }
}
