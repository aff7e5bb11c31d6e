package dev.holdfast.postgres;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
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
        return since(snapshot, connections, "catalog");
    }

    /** The same by another query about the catalog. */
    static Set<String> since(Connection snapshot, PgConnections connections, String query) {
        return between(lines(snapshot, query), now(connections, query));
    }

    /** The lines of a query about the catalog as it is now. */
    static List<List<String>> now(PgConnections connections, String query) {
        try (PgSession now = connections.openSessionWhenFree()) {
            return lines(now.connection(), query);
        }
    }

    /** The names of what the lines of the snapshot tell and those of later do not. */
    static Set<String> between(List<List<String>> snapshot, List<List<String>> later) {
        var moved = new HashSet<>(snapshot);
        later.forEach(moved::remove);
        Set<String> names = new TreeSet<>();
        moved.forEach(line -> names.add(line.get(0)));
        return names;
    }

    /** The name of an object, and what is known of it. */
    static List<List<String>> lines(Connection connection, String query) {
        return PgConnections.rows(connection, "reading the catalog", Sql.text(query));
    }

    /** A list for people, which has an end; of a schema that moved all else is not told. */
    static String listed(Set<String> names) {
        List<String> schemas =
                names.stream().filter(name -> name.startsWith("schema ")).toList();
        return FirstFew.of(schemas.isEmpty() ? names : schemas);
    }

    /** The error that tells people of it. */
    static HoldfastException changed(Set<String> names) {
        return new HoldfastException(
                        ErrorCode.DATABASE_FAILED,
                        "the schema was changed while the backup was taken: " + listed(names))
                .withHint("run the same command again when no migration is under way");
    }
}
