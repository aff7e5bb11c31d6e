package dev.holdfast.postgres;

import dev.holdfast.engine.RecordSink;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** A connection, and the tap on its socket. Used by one thread at a time; the owner closes it. */
final class PgSession implements AutoCloseable {
    private final Connection connection;
    private final CopyTap tap;

    PgSession(Connection connection, CopyTap tap) {
        this.connection = connection;
        this.tap = tap;
    }

    Connection connection() {
        return connection;
    }

    PGConnection driver() {
        try {
            return connection.unwrap(PGConnection.class);
        } catch (SQLException e) {
            throw new IllegalStateException("the driver's connections are its own", e);
        }
    }

    /**
     * The options of a COPY. In a database whose encoding is not UTF-8 its text is neither converted nor looked at: some bytes mean
     * nothing in any other encoding.
     */
    String copyOptions(String... wanted) {
        List<String> options = new ArrayList<>(List.of(wanted));
        String encoding = driver().getParameterStatus("server_encoding");
        if (encoding == null) {
            throw new HoldfastException(
                            ErrorCode.UNSUPPORTED, "the server does not say in which encoding it keeps text")
                    .withHint("name the server itself, and not what stands between");
        }
        if (!encoding.equals("UTF8")) {
            options.add("ENCODING " + Sql.value(encoding));
        }
        return options.isEmpty() ? "" : " WITH (" + String.join(", ", options) + ")";
    }

    /** From now on the tap knows where messages begin; to be called while the server is idle. */
    void frame() {
        tap.frame();
    }

    /** The process of the server that answered the login, or so it was said. */
    String announcedProcess() {
        return String.valueOf(driver().getBackendPID());
    }

    /** Runs {@code COPY ... TO STDOUT}; each row goes to the sink. */
    void copyOut(String copy, RecordSink sink) throws SQLException {
        tap.open(sink);
        try {
            CopyOut out = driver().getCopyAPI().copyOut(copy);
            if (out.readFromCopy() != null) { // which reads on to the end of the command
                throw new IllegalStateException("the driver got a row that was the sink's");
            }
        } finally {
            tap.shut();
        }
    }

    @Override
    public void close() {
        PgConnections.abort(connection);
    }
}
