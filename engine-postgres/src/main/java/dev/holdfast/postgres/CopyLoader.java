package dev.holdfast.postgres;

import dev.holdfast.engine.Loader;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import org.postgresql.copy.CopyIn;

/** Loads rows with COPY on a connection of its own. */
final class CopyLoader implements Loader {
    private final PgSession session;
    private final Set<String> configuration;

    /**
     * @param searchPath the one that sessions of the database that was backed up begin with: functions of checks and generated columns
     *     may need it
     * @param configuration tables of extensions, by their names in SQL
     */
    CopyLoader(PgSession session, String searchPath, Set<String> configuration) {
        this.session = session;
        this.configuration = configuration;
        execute(
                "preparing to load tables",
                "SELECT pg_catalog.set_config('search_path', " + Sql.value(searchPath) + ", false)");
        execute("preparing to load tables", "SET lock_timeout = 0"); // a check may have to wait for another loader
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

    @Override
    public Optional<HoldfastException> load(JsonObject relation, Iterator<byte[]> records, boolean alone) {
        Table table = Table.of(relation);
        String doing = "loading table " + table.displayName();
        boolean frozen = alone && table.source().takesFrozenRows() && !configuration.contains(table.sqlName());
        try (Statement transaction = session.connection().createStatement()) {
            transaction.execute(frozen ? "BEGIN; TRUNCATE ONLY " + table.sqlName() : "BEGIN");
            if (table.source() instanceof LargeObjectPages pages) {
                new LargeObjectLoader(session, records).load(pages);
            } else {
                copy(table, records, frozen);
            }
            transaction.execute("COMMIT");
        } catch (SQLException e) {
            HoldfastException why = PgErrors.of(doing, e);
            if (PgErrors.mayPassLater(e)) {
                execute(doing, "ROLLBACK");
                return Optional.of(why);
            }
            throw why;
        }
        return Optional.empty();
    }

    private void execute(String doing, String sql) {
        PgConnections.execute(session.connection(), doing, sql);
    }

    /**
     * Whoever loads a table alone empties it first in the same transaction: then the rows are written frozen, and nothing has to touch
     * their pages again. But a configuration table holds the rows that its extension made and the backup has only the others, or foreign
     * keys keep it from being emptied alone; and a partitioned table cannot take frozen rows.
     */
    private void copy(Table table, Iterator<byte[]> records, boolean frozen) throws SQLException {
        String options = frozen ? session.copyOptions("FREEZE") : session.copyOptions();
        CopyIn in = session.driver().getCopyAPI().copyIn("COPY " + table.withColumns() + " FROM STDIN" + options);
        while (records.hasNext()) {
            byte[] part = records.next();
            in.writeToCopy(part, 0, part.length);
        }
        in.endCopy();
    }

    @Override
    public void close() {
        session.close();
    }
}
