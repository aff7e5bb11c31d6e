package dev.holdfast.postgres;

import dev.holdfast.engine.RestoreOrder;
import java.sql.Connection;
import java.util.List;

/** Tablespaces are places on a server's disks, which another server need not have. */
final class Tablespaces {
    private Tablespaces() {}

    /** Those that a database uses beside its server's own. */
    static List<String> usedBy(Connection connection) {
        return names(connection, Sql.text("tablespaces"));
    }

    /** Those that a backup used and the server lacks. Where there are such, everything goes to the default one. */
    static List<String> missing(PostgresDatabase server, RestoreOrder order) {
        List<String> there = names(server.connection(), "SELECT spcname FROM pg_catalog.pg_tablespace");
        return order.database().strings("tablespaces").stream()
                .filter(name -> !there.contains(name))
                .toList();
    }

    private static List<String> names(Connection connection, String query) {
        return PgConnections.column(connection, "listing tablespaces", query);
    }
}
