package dev.holdfast.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which objects are not what a snapshot shows any more. COPY and sequences look names up in the catalog as it is now, whatever the
 * snapshot says: a table that was renamed and made anew, a column dropped and added, a schema that changed its name or a new label of an
 * enum would be read as something else than the schema of the snapshot.
 */
final class CatalogDrift {
    private CatalogDrift() {}

    /** The names, for people, of what the snapshot shows and what is otherwise now or gone; what was made since does not matter. */
    static Set<String> since(Connection snapshot, PgConnections connections) {
        Set<Line> moved = lines(snapshot);
        Connection now = connections.open();
        try {
            moved.removeAll(lines(now));
        } finally {
            PgConnections.abort(now);
        }
        Set<String> names = new TreeSet<>();
        moved.forEach(line -> names.add(line.name));
        return names;
    }

    private record Line(String name, String facts) {}

    private static Set<Line> lines(Connection connection) {
        Set<Line> lines = new LinkedHashSet<>();
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(Sql.text("catalog"))) {
            while (row.next()) {
                lines.add(new Line(row.getString(1), row.getString(2)));
            }
        } catch (SQLException e) {
            throw PgErrors.of("reading the catalog", e);
        }
        return lines;
    }
}
