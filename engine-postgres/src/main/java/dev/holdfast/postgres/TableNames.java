package dev.holdfast.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Names of relations that hold no captured rows of their own. */
final class TableNames {
    private TableNames() {}

    /** Partitioned tables and materialized views, quoted: nobody analyzes them along with their leaves. */
    static List<String> needingAnalyze(Connection connection) {
        List<String> names = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(Sql.text("analyze"))) {
            while (row.next()) {
                names.add(Sql.name(row.getString(1), row.getString(2)));
            }
        } catch (SQLException e) {
            throw PgErrors.of("listing partitioned tables", e);
        }
        return names;
    }
}
