package dev.holdfast.postgres;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.copy.CopyIn;

/** Deletes and inserts single rows of tables in a transaction. Used by one thread. */
final class RowWriter {
    private static final int FETCHED_AT_ONCE = 10_000;
    private static final int DELETED_AT_ONCE = 5_000;

    private final PgSession session;

    RowWriter(PgSession session) {
        this.session = session;
    }

    /** Deletes rows of a range by their places among all its rows, which come in the same order as they were read in; says how many. */
    long delete(Table table, JsonObject range, BitSet rows) {
        Map<String, List<String>> places = new LinkedHashMap<>();
        int row = 0;
        try (var statement = session.connection().createStatement()) {
            statement.execute("DECLARE holdfast_rows NO SCROLL CURSOR FOR "
                    + table.source().placed(table, Table.conditions(range)));
            boolean more = true;
            while (more) {
                more = false;
                try (ResultSet found = statement.executeQuery("FETCH " + FETCHED_AT_ONCE + " FROM holdfast_rows")) {
                    while (found.next()) {
                        more = true;
                        if (rows.get(row++)) {
                            places.computeIfAbsent(found.getString(1), name -> new ArrayList<>())
                                    .add(found.getString(2));
                        }
                    }
                }
                // the cursor goes on showing what was there when it was opened
                for (Map.Entry<String, List<String>> each : places.entrySet()) {
                    delete(each.getKey(), each.getValue());
                }
                places.clear();
            }
            statement.execute("CLOSE holdfast_rows");
        } catch (SQLException e) {
            throw PgErrors.ofWriting("deleting rows of " + table.displayName(), e);
        }
        if (rows.length() > row) {
            throw moved(table);
        }
        return rows.cardinality();
    }

    private void delete(String name, List<String> places) throws SQLException {
        for (int from = 0; from < places.size(); from += DELETED_AT_ONCE) {
            List<String> batch = places.subList(from, Math.min(from + DELETED_AT_ONCE, places.size()));
            try (var statement = session.connection().createStatement()) {
                int deleted = statement.executeUpdate("DELETE FROM ONLY " + name + " WHERE ctid = ANY ('{\""
                        + String.join("\",\"", batch) + "\"}'::pg_catalog.tid[])");
                if (deleted != batch.size()) {
                    throw new HoldfastException(
                            ErrorCode.DATABASE_FAILED,
                            "table " + name + " let only " + deleted + " of " + batch.size() + " rows be deleted");
                }
            }
        }
    }

    private static HoldfastException moved(Table table) {
        return new HoldfastException(
                ErrorCode.DATABASE_FAILED, "table " + table.displayName() + " has fewer rows than were read of it");
    }

    /** Inserts rows in COPY's text format; says how many. */
    long insert(Table table, Iterator<byte[]> records) {
        try {
            CopyIn in = session.driver()
                    .getCopyAPI()
                    .copyIn("COPY " + table.withColumns() + " FROM STDIN" + session.copyOptions());
            while (records.hasNext()) {
                byte[] part = records.next();
                in.writeToCopy(part, 0, part.length);
            }
            return in.endCopy();
        } catch (SQLException e) {
            throw PgErrors.ofWriting("inserting rows into " + table.displayName(), e);
        }
    }
}
