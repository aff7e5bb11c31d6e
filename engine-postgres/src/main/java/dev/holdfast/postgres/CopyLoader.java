package dev.holdfast.postgres;

import dev.holdfast.engine.Loader;
import dev.holdfast.json.JsonObject;
import java.sql.SQLException;
import java.util.Iterator;
import org.postgresql.copy.CopyIn;

/** Loads rows with COPY on a connection of its own. */
final class CopyLoader implements Loader {
    private final PgSession session;

    CopyLoader(PgSession session) {
        this.session = session;
    }

    /**
     * Whoever loads a table alone empties it first in the same transaction: then the rows are written frozen, and nothing has to touch
     * their pages again. But a configuration table holds the rows that its extension made, and the backup has only the others.
     */
    @Override
    public void load(JsonObject relation, Iterator<byte[]> records, boolean alone) {
        Table table = Table.of(relation);
        boolean frozen = alone && table.filter().isEmpty();
        String columns = table.columns().isEmpty() ? "" : " (" + Sql.names(table.columns()) + ")";
        String copy = "COPY " + table.sqlName() + columns + " FROM STDIN" + (frozen ? " WITH (FREEZE)" : "");
        PgConnections.execute(
                session.connection(),
                "loading table " + table.displayName(),
                frozen ? "BEGIN; TRUNCATE ONLY " + table.sqlName() : "BEGIN");
        try {
            CopyIn in = session.driver().getCopyAPI().copyIn(copy);
            while (records.hasNext()) {
                byte[] part = records.next();
                in.writeToCopy(part, 0, part.length);
            }
            in.endCopy();
        } catch (SQLException e) {
            throw PgErrors.of("loading table " + table.displayName(), e);
        }
        PgConnections.execute(session.connection(), "loading table " + table.displayName(), "COMMIT");
    }

    @Override
    public void close() {
        session.close();
    }
}
