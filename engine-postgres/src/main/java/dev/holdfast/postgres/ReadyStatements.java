package dev.holdfast.postgres;

import dev.holdfast.json.JsonObject;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Severity;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Statements, ready to run with psql, for what neither the schema archive nor the rows bring back. */
final class ReadyStatements {
    private ReadyStatements() {}

    static JsonObject extensions(Connection connection) {
        var versions = new JsonObject();
        PgConnections.rows(connection, "listing extensions", Sql.text("extensions"))
                .forEach(row -> versions.put(row.get(0), row.get(1)));
        return versions;
    }

    /** A view that cannot be made again is a finding of the run. */
    static String refreshes(Connection connection, Run run) {
        var statements = new StringBuilder();
        for (List<String> row : PgConnections.rows(connection, "listing materialized views", Sql.text("refreshes"))) {
            String view = Sql.name(row.get(0), row.get(1));
            if (row.get(2).equals("t")) {
                statements.append("REFRESH MATERIALIZED VIEW ").append(view).append(";\n");
            } else {
                run.finding(
                        new Finding(
                                Severity.WARNING,
                                "not_refreshable",
                                view,
                                "materialized view " + view
                                        + " is made from one that holds no rows, so a restore will leave it without rows, too"));
            }
        }
        return statements.toString();
    }

    /** Roles without their passwords, which nobody but a superuser may read and no backup should hold. */
    static String roles(Connection connection) {
        String[] attributes = {"SUPERUSER", "INHERIT", "CREATEROLE", "CREATEDB", "LOGIN", "REPLICATION", "BYPASSRLS"};
        var statements = new StringBuilder();
        var memberships = new StringBuilder();
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(Sql.text("roles"))) {
            while (row.next()) {
                String role = Sql.name(row.getString(1));
                statements.append("CREATE ROLE ").append(role).append(" WITH");
                for (int i = 0; i < attributes.length; i++) {
                    statements.append(row.getBoolean(i + 2) ? " " : " NO").append(attributes[i]);
                }
                statements.append(" CONNECTION LIMIT ").append(row.getInt(9)).append(";\n");
                for (String group : (String[]) row.getArray(10).getArray()) {
                    memberships
                            .append("GRANT ")
                            .append(Sql.name(group))
                            .append(" TO ")
                            .append(role)
                            .append(";\n");
                }
            }
        } catch (SQLException e) {
            throw PgErrors.of("listing roles", e);
        }
        return statements.append(memberships).toString();
    }
}
