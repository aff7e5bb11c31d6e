package dev.holdfast.postgres;

import java.sql.Connection;
import java.util.List;
import java.util.TreeSet;

/** Names of relations that hold no captured rows of their own. */
final class TableNames {
    private TableNames() {}

    /** Everything that is locked so that the tables stay as they are, sorted: also the partitioned ones above them. */
    static List<String> toLock(Connection connection, List<Table> tables) {
        var names = new TreeSet<>(of(connection, "parents"));
        tables.forEach(table -> names.addAll(table.source().locked(table)));
        return List.copyOf(names);
    }

    /** Schema and name, quoted, of each relation that the named query lists. */
    static List<String> of(Connection connection, String query) {
        return PgConnections.rows(connection, "listing " + query, Sql.text(query)).stream()
                .map(row -> Sql.name(row.get(0), row.get(1)))
                .toList();
    }
}
