package dev.holdfast.postgres;

import java.sql.Connection;

/** Roles that nobody can be, and that may do nothing but own. */
final class Placeholders {
    private static final String DOING = "making a placeholder for a role";

    private Placeholders() {}

    /**
     * Makes one, unless there is a role of the name.
     *
     * @param comment by which it is known again; empty for none
     * @return whether it was made
     */
    static boolean make(Connection connection, String role, String comment) {
        String query = "SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = " + Sql.value(role);
        if (!PgConnections.rows(connection, DOING, query).isEmpty()) {
            return false;
        }
        PgConnections.execute(connection, DOING, "CREATE ROLE " + Sql.name(role) + " NOLOGIN");
        if (!comment.isEmpty()) {
            PgConnections.execute(connection, DOING, "COMMENT ON ROLE " + Sql.name(role) + " IS " + Sql.value(comment));
        }
        return true;
    }
}
