package dev.holdfast.postgres;

import dev.holdfast.engine.Capture;
import dev.holdfast.engine.Database;
import dev.holdfast.engine.Earlier;
import dev.holdfast.engine.Occupant;
import dev.holdfast.engine.Protection;
import dev.holdfast.engine.Replacement;
import dev.holdfast.engine.Restoration;
import dev.holdfast.engine.RestoreOrder;
import dev.holdfast.json.JsonObject;
import dev.holdfast.run.Run;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;

/** One PostgreSQL database, reached over a connection of its own. */
final class PostgresDatabase implements Database {
    private final PgConnections connections;
    private final PgPrograms programs;
    private final Map<String, String> environment;
    private final Connection connection;
    private final ServerFacts server;
    private Set<TrustCondition> unchecked = Set.of();
    private long pagesInRange = Table.PAGES_IN_RANGE;
    private int lockTries = WriteLock.TRIES;

    private PostgresDatabase(
            PgConnections connections,
            PgPrograms programs,
            Map<String, String> environment,
            Connection connection,
            ServerFacts server) {
        this.connections = connections;
        this.programs = programs;
        this.environment = environment;
        this.connection = connection;
        this.server = server;
    }

    static PostgresDatabase open(PgConnections connections, PgPrograms programs, Map<String, String> environment) {
        Connection connection = connections.open();
        try {
            return new PostgresDatabase(connections, programs, environment, connection, ServerFacts.read(connection));
        } catch (RuntimeException e) {
            PgConnections.abort(connection);
            throw e;
        }
    }

    ServerFacts server() {
        return server;
    }

    /** Conditions that are not looked at when a moment is compared with an earlier backup. */
    Set<TrustCondition> unchecked() {
        return unchecked;
    }

    /** For tests that show what a condition is for. */
    void leaveUnchecked(Set<TrustCondition> conditions) {
        unchecked = Set.copyOf(conditions);
    }

    /** Of how many pages a range is, as long as that does not make too many. */
    long pagesInRange() {
        return pagesInRange;
    }

    /** For tests that want many ranges of small tables. */
    void cutInto(long pages) {
        pagesInRange = pages;
    }

    /** How often a lock against writers is tried. */
    int lockTries() {
        return lockTries;
    }

    /** For tests that do not want to wait as long as a person would. */
    void tryToLock(int times) {
        lockTries = times;
    }

    PgConnections connections() {
        return connections;
    }

    PgPrograms programs() {
        return programs;
    }

    Map<String, String> environment() {
        return environment;
    }

    Connection connection() {
        return connection;
    }

    @Override
    public String name() {
        return server.database().string("database");
    }

    @Override
    public String address() {
        return connections.address().toString();
    }

    @Override
    public JsonObject identity() {
        return identity(server.database());
    }

    /** The identity of another database of the same server. */
    JsonObject identity(String oid, String database) {
        return identity(
                new JsonObject().put("database_oid", Long.parseLong(oid)).put("database", database));
    }

    private JsonObject identity(JsonObject database) {
        var identity = new JsonObject();
        server.systemIdentifier()
                .ifPresentOrElse(
                        id -> identity.put("system_identifier", id),
                        () -> identity.put("host", connections.address().host())
                                .put("port", connections.address().port()));
        database.members().forEach(identity::put);
        return identity;
    }

    @Override
    public Instant now() {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.clock_timestamp()")) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        } catch (SQLException e) {
            throw PgErrors.of("asking the server's clock", e);
        }
    }

    @Override
    public Protection protection() {
        return new PostgresProtection(this);
    }

    @Override
    public Capture capture(Run run, int readers, Earlier earlier) {
        return PostgresCapture.open(this, run, readers, earlier);
    }

    @Override
    public boolean hasDatabase(String database) {
        String query = "SELECT 1 FROM pg_catalog.pg_database WHERE datname = " + Sql.value(database);
        return !PgConnections.rows(connection, "looking for a database", query).isEmpty();
    }

    @Override
    public Occupant occupant(String database, String mark) {
        return Replaced.named(this, database).occupant(this, mark);
    }

    @Override
    public Restoration restoreInto(Run run, RestoreOrder order) {
        return new PostgresRestoration(this, run, order);
    }

    @Override
    public Replacement replacement(Run run, String doing) {
        return new PostgresReplacement(this, run, doing);
    }

    @Override
    public void close() {
        PgConnections.abort(connection);
    }
}
