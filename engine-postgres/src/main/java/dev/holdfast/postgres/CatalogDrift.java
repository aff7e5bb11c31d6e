package dev.holdfast.postgres;

import java.sql.Connection;
import java.util.HashSet;
import java.util.List;
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
        var moved = new HashSet<>(lines(snapshot));
        try (PgSession now = connections.openSessionWhenFree()) {
            lines(now.connection()).forEach(moved::remove);
        }
        Set<String> names = new TreeSet<>();
        moved.forEach(line -> names.add(line.get(0)));
        return names;
    }

    /** The name of an object, and what is known of it. */
    private static List<List<String>> lines(Connection connection) {
        return PgConnections.rows(connection, "reading the catalog", Sql.text("catalog"));
    }
}
