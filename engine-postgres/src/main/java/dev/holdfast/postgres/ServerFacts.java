package dev.holdfast.postgres;

import dev.holdfast.json.JsonObject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What a server says about itself and one of its databases.
 *
 * @param database its oid and name
 * @param locale encoding, collation and character type
 * @param searchPath that sessions in the database begin with, unless their role has its own
 * @param systemIdentifier of the cluster; empty when the role may not see it
 */
record ServerFacts(
        String version,
        int versionNumber,
        JsonObject database,
        JsonObject locale,
        String searchPath,
        Optional<String> systemIdentifier) {

    static ServerFacts read(Connection connection) {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(Sql.text("identity"))) {
            row.next();
            var database = new JsonObject().put("database_oid", row.getLong(1)).put("database", row.getString(2));
            var locale = new JsonObject()
                    .put("encoding", row.getString(3))
                    .put("collate", row.getString(4))
                    .put("ctype", row.getString(5));
            return new ServerFacts(
                    row.getString(6), row.getInt(7), database, locale, row.getString(8), systemIdentifier(connection));
        } catch (SQLException e) {
            throw PgErrors.of("asking the server what it is", e);
        }
    }

    private static Optional<String> systemIdentifier(Connection connection) {
        try (var statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT system_identifier::text FROM pg_catalog.pg_control_system()")) {
            row.next();
            return Optional.of(row.getString(1));
        } catch (SQLException e) {
            return Optional.empty(); // some hosted servers hide it: then host and port stand for the server
        }
    }

    int major() {
        return versionNumber / 10000;
    }
}
