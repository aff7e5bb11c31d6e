package dev.holdfast.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Names of relations that hold no captured rows of their own. */
final class TableNames {
    private TableNames() {}

    /** Schema and name, quoted, of each relation that the named query lists. */
    static List<String> of(Connection connection, String query) {
        List<String> names = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(Sql.text(query))) {
            while (row.next()) {
                names.add(Sql.name(row.getString(1), row.getString(2)));
            }
        } catch (SQLException e) {
            throw PgErrors.of("listing " + query, e);
        }
        return names;
    }
}
