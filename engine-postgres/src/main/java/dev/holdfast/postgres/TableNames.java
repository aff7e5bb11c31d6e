package dev.holdfast.postgres;

import java.sql.Connection;
import java.util.List;

/** Names of relations that hold no captured rows of their own. */
final class TableNames {
    private TableNames() {}

    /** Schema and name, quoted, of each relation that the named query lists. */
    static List<String> of(Connection connection, String query) {
        return PgConnections.rows(connection, "listing " + query, Sql.text(query)).stream()
                .map(row -> Sql.name(row.get(0), row.get(1)))
                .toList();
    }
}
