package dev.holdfast.postgres;

import dev.holdfast.engine.Loader;
import dev.holdfast.json.JsonObject;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.Set;
import org.postgresql.copy.CopyIn;

/** Loads rows with COPY on a connection of its own. */
final class CopyLoader implements Loader {
    private final PgSession session;
    private final Set<String> configuration;

    /**
     * @param configuration tables of extensions, by their names in SQL
     */
    CopyLoader(PgSession session, Set<String> configuration) {
        this.session = session;
        this.configuration = configuration;
        if (!configuration.isEmpty()) {
            ignoreTriggers();
        }
    }

    /** Their foreign keys are there already, and the rows come in no order. Whoever may not do this has to hope for the order. */
    private void ignoreTriggers() {
        try (var statement = session.connection().createStatement()) {
            statement.execute("SET session_replication_role = replica");
        } catch (SQLException e) {
            if (!PgErrors.isRefusal(e)) {
                throw PgErrors.of("preparing to load tables", e);
            }
        }
    }

    /**
     * Whoever loads a table alone empties it first in the same transaction: then the rows are written frozen, and nothing has to touch
     * their pages again. But a configuration table holds the rows that its extension made and the backup has only the others, or foreign
     * keys keep it from being emptied alone.
     */
    @Override
    public void load(JsonObject relation, Iterator<byte[]> records, boolean alone) {
        Table table = Table.of(relation);
        boolean frozen = alone && table.filter().isEmpty() && !configuration.contains(table.sqlName());
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
