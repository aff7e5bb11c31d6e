package dev.holdfast.postgres;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The setting of a database that protects it from destructive commands. It belongs to the name that people know, so it goes from a database
 * to the one that takes its place.
 *
 * @param oid the database's number
 */
record ProtectionMarker(String oid) {
    static final String SETTING = "holdfast.protected";
    private static final Set<String> OFF = Set.of("off", "false", "no", "0");

    private List<String> values(Connection connection) {
        return PgConnections.column(
                connection, "looking for the marker of protection", String.format(Sql.text("marker"), oid));
    }

    /** Whether it is there, and does not say off. */
    boolean isOn(Connection connection) {
        return values(connection).stream().anyMatch(value -> !OFF.contains(value.toLowerCase(Locale.ROOT)));
    }

    /** Sets it on another database, too; in the transaction that is under way. */
    void carryTo(Connection connection, String database) {
        values(connection).forEach(value -> set(connection, database, value));
    }

    private static void set(Connection connection, String database, String value) {
        PgConnections.execute(connection, "carrying " + SETTING + " over", setting(database, value));
    }

    /** The statement that sets it on a database. */
    static String setting(String database, String value) {
        return "ALTER DATABASE " + Sql.name(database) + " SET " + SETTING + " = " + Sql.value(value);
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
