package dev.holdfast.postgres;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.sql.Connection;
import java.util.List;

/**
 * The setting of a database that protects it from destructive commands. It belongs to the name that people know, so it goes from a database
 * to the one that takes its place.
 *
 * @param oid the database's number
 */
record ProtectionMarker(String oid) {
    private static final String SETTING = "holdfast.protected";

    private List<String> values(Connection connection) {
        return PgConnections.column(
                connection, "looking for the marker of protection", String.format(Sql.text("marker"), oid));
    }

    /** Sets it on another database, too; in the transaction that is under way. */
    void carryTo(Connection connection, String database) {
        values(connection).forEach(value -> set(connection, database, value));
    }

    private static void set(Connection connection, String database, String value) {
        String statement = "ALTER DATABASE " + Sql.name(database) + " SET " + SETTING + " TO " + Sql.value(value);
        PgConnections.execute(connection, "carrying " + SETTING + " over", statement);
    }

    /** Sets it to what it is, and takes that back: whether we may is not written anywhere for all versions. */
    void refuseWhereItCannotBeSet(Connection connection, String database) {
        List<String> values = values(connection);
        if (values.isEmpty()) {
            return;
        }
        PgConnections.execute(connection, "looking at rights", "BEGIN");
        try {
            values.forEach(value -> set(connection, database, value));
        } catch (HoldfastException e) {
            throw new HoldfastException(
                            ErrorCode.DENIED,
                            "database " + database + " is protected, and its marker " + SETTING
                                    + " cannot be set on the one that takes its place: " + e.getMessage(),
                            e)
                    .withHint("connect as a superuser, or from PostgreSQL 15 on: GRANT SET ON PARAMETER " + SETTING
                            + " TO the role");
        } finally {
            PgConnections.execute(connection, "looking at rights", "ROLLBACK");
        }
    }
}
