package dev.holdfast.postgres;

import dev.holdfast.error.Aftermath;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.run.Run;
import java.sql.Connection;
import java.util.List;

/**
 * The database that a restore fills. Until it is published it has a name that begins with {@link #PREFIX}, so that nobody takes it for a
 * whole one. Every statement about it runs on a connection of its own: the first one may have been idle for hours, and dropped by
 * something on the way. Used by one thread.
 */
final class WorkDatabase {
    static final String PREFIX = "holdfast_restore_";
    /** How many characters of its run's id follow. */
    static final int MARK_LENGTH = 16;

    private static final int RENAME_TRIES = 50;

    private final PgConnections server;
    private final String name;
    private final String statements;
    private boolean made;
    private String oid = "";

    /**
     * @param server any database of the server but this one; not to be broken off, since a database that is made after we looked would be
     *     left for ever
     * @param run makes the name that of one run
     * @param statements making the database that was backed up, its settings and the rights on it
     */
    WorkDatabase(PgConnections server, String run, String statements) {
        this.server = server;
        this.name = PREFIX + run;
        this.statements = statements;
    }

    String name() {
        return name;
    }

    /** Its number on the server, once it is made; it keeps it whatever its name is. */
    String oid() {
        return oid;
    }

    /** Whether it is there, and has not been published. */
    boolean isMade() {
        return made;
    }

    /** Makes it, empty but for the settings that its checks and generated columns may ask for. */
    void create(boolean owners) {
        try (PgSession session = server.openSession()) {
            create(session.connection());
            set(session.connection(), name, DatabaseStatements.settingsOfExpressions(statements, name, owners));
        }
    }

    private void create(Connection connection) {
        try {
            for (String statement : DatabaseStatements.making(statements, name)) {
                PgConnections.execute(connection, "making database " + name, statement);
            }
            made = true;
            oid = facts(connection, "looking at database " + name).get(0).get(1);
        } catch (HoldfastException e) {
            made = mayBeThere(connection); // the answer may have been lost on the way
            throw e;
        }
    }

    private boolean mayBeThere(Connection connection) {
        try {
            return !facts(connection, "looking for database " + name).isEmpty();
        } catch (HoldfastException e) {
            return true; // nobody answers
        }
    }

    /** One row when it is there, which says whether it is a template, as those cannot be dropped, and its number. */
    private List<List<String>> facts(Connection connection, String doing) {
        String query = "SELECT datistemplate, oid FROM pg_catalog.pg_database WHERE datname = " + Sql.value(name);
        return PgConnections.rows(connection, doing, query);
    }

    /** Gives it the settings and rights of the database that was backed up, and its name. From now on it is not ours any more. */
    void publish(String newName, boolean owners) {
        try (PgSession session = server.openSession()) {
            Connection connection = session.connection();
            set(connection, newName, DatabaseStatements.settings(statements, name, owners));
            rename(connection, newName);
            made = false;
        }
    }

    /** The same in the place of a live database, which is kept under another name. */
    void exchange(Replaced live, String keptAs, boolean owners, Run run) {
        try (PgSession session = server.openSession()) {
            set(session.connection(), live.name(), DatabaseStatements.settings(statements, name, owners));
        }
        try {
            new Exchange(server, live, keptAs, new Exchange.Work(name, oid), run).execute();
            made = false;
        } catch (HoldfastException e) {
            made = made && e.aftermath() != Aftermath.NOT_PUT_BACK; // what it is nobody knows: hands off
            throw e;
        }
    }

    private static void set(Connection connection, String told, List<String> settings) {
        settings.forEach(statement -> PgConnections.execute(connection, "setting up database " + told, statement));
    }

    /** Others, such as a monitor, may have looked in. Nobody has any business here yet. */
    private void rename(Connection connection, String newName) {
        String end = "SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE datname = "
                + Sql.value(name) + " AND pid <> pg_catalog.pg_backend_pid()";
        String rename = "ALTER DATABASE " + Sql.name(name) + " RENAME TO " + Sql.name(newName);
        Pause.whileRefused(
                PgErrors.OBJECT_IN_USE,
                RENAME_TRIES,
                () -> {
                    PgConnections.execute(connection, "giving the restored database its name", rename);
                    return newName;
                },
                () -> PgConnections.execute(connection, "ending sessions in the unfinished database", end));
    }

    /** Removes it, if it was made and not published. */
    void drop() {
        if (!made) {
            return;
        }
        try {
            remove("removing the unfinished database " + name);
            made = false;
        } catch (HoldfastException e) {
            throw e.withHint("remove it by hand: DROP DATABASE " + Sql.name(name));
        }
    }

    private void remove(String doing) {
        try (PgSession session = server.openSession()) {
            Connection connection = session.connection();
            if (facts(connection, doing).stream().anyMatch(row -> row.get(0).equals("t"))) {
                PgConnections.execute(connection, doing, "ALTER DATABASE " + Sql.name(name) + " IS_TEMPLATE false");
            }
            PgConnections.execute(connection, doing, "DROP DATABASE IF EXISTS " + Sql.name(name) + " WITH (FORCE)");
        }
    }
}
