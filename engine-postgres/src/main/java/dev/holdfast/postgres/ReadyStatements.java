package dev.holdfast.postgres;

import dev.holdfast.json.JsonObject;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Severity;
import java.sql.Connection;
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
                statements.append(refresh(view)).append('\n');
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

    static String refresh(String view) {
        return "REFRESH MATERIALIZED VIEW " + view + ";";
    }
}
