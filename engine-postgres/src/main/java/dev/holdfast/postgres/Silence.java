package dev.holdfast.postgres;

import dev.holdfast.error.HoldfastException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * What would react to rows that are written, or refuse rows that were there before, silenced within a transaction and put back as it was:
 * triggers, rules, foreign keys, constraints that were never proven, and publications that need to know the old row. Without it a changed
 * parent row, which goes and comes back, would take its children along.
 */
final class Silence {
    private static final String DOING = "silencing triggers and constraints";

    private final Connection connection;
    private final List<List<String>> statements;

    private Silence(Connection connection, List<List<String>> statements) {
        this.connection = connection;
        this.statements = statements;
    }

    /**
     * Begins.
     *
     * @param written the tables in SQL, as an array of oids
     * @param alone whether other tables stay as they are: then keys and late constraints must be looked at again, which a replica never does
     */
    static Silence over(Connection connection, String written, boolean alone) {
        boolean replica = !alone && asReplica(connection);
        String firing = replica ? "'A', 'R'" : "'A', 'O'";
        List<List<String>> statements = PgConnections.rows(
                connection, DOING, String.format(Sql.text("silence"), written, firing, replica ? "false" : "true"));
        statements.forEach(each -> silence(connection, each.get(1)));
        return new Silence(connection, statements);
    }

    private static void silence(Connection connection, String statement) {
        try {
            PgConnections.execute(connection, DOING, statement);
        } catch (HoldfastException e) {
            throw PgErrors.ofWriting(e);
        }
    }

    /** Whether the session may say that it only repeats what happened elsewhere: then foreign keys and most triggers rest by themselves. */
    private static boolean asReplica(Connection connection) {
        PgConnections.execute(connection, DOING, "SAVEPOINT holdfast_replica");
        try (var statement = connection.createStatement()) {
            statement.execute("SET LOCAL session_replication_role = replica; RELEASE SAVEPOINT holdfast_replica");
            return true;
        } catch (SQLException e) {
            if (!PgErrors.isRefusal(e)) {
                throw PgErrors.of(DOING, e);
            }
            PgConnections.execute(
                    connection, DOING, "ROLLBACK TO SAVEPOINT holdfast_replica; RELEASE SAVEPOINT holdfast_replica");
            return false;
        }
    }

    /** Ends it: foreign keys last, which looks at all their rows again. */
    void end() {
        try {
            PgConnections.execute(connection, "looking at constraints", "SET CONSTRAINTS ALL IMMEDIATE");
            statements.forEach(
                    each -> PgConnections.execute(connection, "putting back triggers and constraints", each.get(2)));
        } catch (HoldfastException e) {
            throw PgErrors.isOfConstraint(e)
                    ? e.withHint(
                            "rows do not fit together: with --table bring the other table back, too; where the backup's own"
                                    + " rows do not, a superuser can put them back, or --swap")
                    : e;
        }
    }
}
