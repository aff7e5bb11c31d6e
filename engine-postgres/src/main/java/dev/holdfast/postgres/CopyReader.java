package dev.holdfast.postgres;

import dev.holdfast.engine.RangeReader;
import dev.holdfast.engine.RecordSink;
import dev.holdfast.engine.Relation;
import dev.holdfast.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.postgresql.copy.CopyOut;

/** Reads ranges with COPY on one connection of a moment. Used by one thread at a time. */
final class CopyReader implements RangeReader {
    private final Connection connection;
    private final boolean lead;
    private final Map<Long, Boolean> locked = new HashMap<>();

    CopyReader(Connection connection, boolean lead) {
        this.connection = connection;
        this.lead = lead;
    }

    @Override
    public boolean read(Relation relation, JsonObject range, RecordSink sink) {
        Table table = Table.of(relation.facts());
        if (!lead && !locked.computeIfAbsent(table.oid(), oid -> lock(table))) {
            return false;
        }
        String copy = "COPY (" + table.query(range) + ") TO STDOUT";
        try {
            CopyOut out = PgConnections.driver(connection).getCopyAPI().copyOut(copy);
            for (byte[] row = out.readFromCopy(); row != null; row = out.readFromCopy()) {
                sink.record(row, 0, row.length);
            }
        } catch (SQLException e) {
            throw PgErrors.of("reading table " + relation.name(), e);
        }
        return true;
    }

    /**
     * Where an ALTER TABLE waits for the lead to end, waiting behind it would hang for ever: the server does not see that the lead waits
     * for us. So this never waits.
     */
    private boolean lock(Table table) {
        try (var statement = connection.createStatement()) {
            statement.execute("SAVEPOINT holdfast; LOCK TABLE ONLY " + table.sqlName()
                    + " IN ACCESS SHARE MODE NOWAIT; RELEASE SAVEPOINT holdfast");
            return true;
        } catch (SQLException e) {
            if (!PgErrors.is(e, PgErrors.LOCK_NOT_AVAILABLE)) {
                throw PgErrors.of("locking " + table.displayName(), e);
            }
            PgConnections.execute(connection, "going on without a lock", "ROLLBACK TO SAVEPOINT holdfast");
            return false;
        }
    }
}
