package dev.holdfast.postgres;

import dev.holdfast.engine.RecordSink;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** A connection, and the tap on its socket where it is not encrypted. Used by one thread at a time; the owner closes it. */
final class PgSession implements AutoCloseable {
    private final Connection connection;
    private final Optional<CopyTap> tap;

    PgSession(Connection connection, Optional<CopyTap> tap) {
        this.connection = connection;
        this.tap = tap;
    }

    Connection connection() {
        return connection;
    }

    PGConnection driver() throws SQLException {
        return connection.unwrap(PGConnection.class);
    }

    /** Runs {@code COPY ... TO STDOUT}; each row goes to the sink. */
    void copyOut(String copy, RecordSink sink) throws SQLException {
        tap.ifPresent(there -> there.open(sink));
        try {
            CopyOut out = driver().getCopyAPI().copyOut(copy);
            for (byte[] row = out.readFromCopy(); row != null; row = out.readFromCopy()) {
                sink.part(row, 0, row.length, true);
            }
        } finally {
            tap.ifPresent(CopyTap::shut);
        }
    }

    @Override
    public void close() {
        PgConnections.abort(connection);
    }
}
