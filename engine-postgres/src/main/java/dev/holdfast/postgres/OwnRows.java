package dev.holdfast.postgres;

import dev.holdfast.engine.Relation;
import dev.holdfast.json.JsonObject;
import java.sql.Connection;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the rows lie that a transaction has inserted, as long as nobody but us has made it write to their table. Used by one thread. */
final class OwnRows {
    private final Map<Long, Long> inserted = new HashMap<>();
    private final Map<Long, Long> deleted = new HashMap<>();

    void inserted(Table table, long rows) {
        inserted.merge(table.oid(), rows, Long::sum);
    }

    void deleted(Table table, long rows) {
        deleted.merge(table.oid(), rows, Long::sum);
    }

    /** The numbers of a relation's ranges; empty when the server has counted, or has, something else than we have. */
    Optional<BitSet> ranges(Connection connection, Relation relation) {
        var ranges = new BitSet();
        JsonObject facts = relation.facts();
        if (!facts.has("range_pages")) {
            ranges.set(0, relation.ranges().size());
            return Optional.of(ranges);
        }
        Table table = Table.of(facts);
        if (!areAll(connection, table)) {
            return Optional.empty();
        }
        String doing = "looking where the rows are that were put back";
        String own = PgConnections.column(
                        connection, doing, "SELECT pg_catalog.pg_current_xact_id()::pg_catalog.xid::pg_catalog.text")
                .get(0);
        String query = String.format(Sql.text("own-ranges"), table.sqlName(), facts.count("range_pages"), own);
        PgConnections.execute(connection, doing, "SET LOCAL max_parallel_workers_per_gather = 2");
        long found = 0;
        for (List<String> range : PgConnections.rows(connection, doing, query)) {
            ranges.set(
                    Math.min(Integer.parseInt(range.get(0)), relation.ranges().size() - 1)); // the last one is open
            found += Long.parseLong(range.get(1));
        }
        PgConnections.execute(connection, doing, "SET LOCAL max_parallel_workers_per_gather = 0");
        return found == inserted.getOrDefault(table.oid(), 0L) ? Optional.of(ranges) : Optional.empty();
    }

    private boolean areAll(Connection connection, Table table) {
        List<String> ours = List.of(
                String.valueOf(inserted.getOrDefault(table.oid(), 0L)),
                String.valueOf(deleted.getOrDefault(table.oid(), 0L)),
                "0");
        String counts = String.format(Sql.text("own-counts"), table.oid());
        return PgConnections.rows(connection, "counting what was written", counts)
                .equals(List.of(ours));
    }
}
