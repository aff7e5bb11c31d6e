package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.engine.Occupant;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A live database that a restored one is to take the place of.
 *
 * @param oid its number, by which it is known whatever its name is
 */
record Replaced(String name, String oid) {
    private static final String DOING = "looking at the database to be replaced";
    private static final Set<String> OF_THE_SERVER = Set.of("postgres", "template0", "template1");
    private static final int LONGEST_NAME = 63;

    /** The database of that name; one of the server's own is refused. */
    static Replaced named(PostgresDatabase server, String name) {
        if (OF_THE_SERVER.contains(name)) {
            throw new HoldfastException(
                            ErrorCode.UNSUPPORTED, "database " + name + " is the server's own and is not replaced")
                    .withHint("restore into a new database with --into NAME");
        }
        return new Replaced(name, facts(server, name).get(0));
    }

    private static List<String> facts(PostgresDatabase server, String name) {
        List<List<String>> rows = ask(server, "replaced", Sql.value(name));
        if (rows.isEmpty()) {
            throw new HoldfastException(ErrorCode.BAD_USAGE, "there is no database " + name + " on " + server.address())
                    .withHint("restore into a new database with --into " + name);
        }
        return rows.get(0);
    }

    private static List<List<String>> ask(PostgresDatabase server, String query, String about) {
        return PgConnections.rows(server.connection(), DOING, String.format(Sql.text(query), about));
    }

    /** It as it is now, unless it cannot be replaced. */
    Occupant occupant(PostgresDatabase server, String mark) {
        String keptAs = keptAs(mark);
        refuseWhatIsInTheWay(server, keptAs);
        List<Occupant.Sessions> sessions = ask(server, "sessions", oid).stream()
                .map(row -> new Occupant.Sessions(row.get(0), row.get(1), Long.parseLong(row.get(2))))
                .toList();
        long bytes = Long.parseLong(facts(server, name).get(1));
        return new Occupant(server.identity(oid, name), keptAs, bytes, sessions);
    }

    /** Its name and the mark; a name that would be too long loses characters of its own, never of the mark. */
    String keptAs(String mark) {
        String base = name;
        while ((base + "_" + mark).getBytes(UTF_8).length > LONGEST_NAME) {
            base = base.substring(0, base.offsetByCodePoints(base.length(), -1));
        }
        return base + "_" + mark;
    }

    /** Everything that would make the exchange fail, or would be lost by it. */
    void refuseWhatIsInTheWay(PostgresDatabase server, String keptAs) {
        refusePooler(server);
        Rights.checkMaking(server);
        refuseTakenName(server, keptAs);
        refuseForeign(server);
        refuseTied(server.connection());
        refuseSessionsOfOthers(server);
        new ProtectionMarker(oid).refuseWhereItCannotBeSet(server.connection(), name);
    }

    private void refusePooler(PostgresDatabase server) {
        if (server.connections().areThroughPooler()) {
            throw new HoldfastException(
                            ErrorCode.UNSUPPORTED,
                            "a pooler stands between: its own sessions would stay in the database that is replaced, under"
                                    + " its old name")
                    .withHint("name the server itself");
        }
    }

    private void refuseTakenName(PostgresDatabase server, String keptAs) {
        String query = "SELECT datname FROM pg_catalog.pg_database WHERE datname = " + Sql.value(keptAs);
        if (!PgConnections.rows(server.connection(), DOING, query).isEmpty()) {
            throw new HoldfastException(
                            ErrorCode.ALREADY_EXISTS,
                            "database " + name + " would be kept as " + keptAs
                                    + ", which is there already; it is not touched")
                    .withHint("if nobody needs it any more: DROP DATABASE " + Sql.name(keptAs));
        }
    }

    private void refuseForeign(PostgresDatabase server) {
        List<String> facts = facts(server, name);
        if (facts.get(3).equals("f")) {
            String role = server.connections().address().login().user();
            throw new HoldfastException(
                            ErrorCode.DENIED,
                            "role " + role + " does not own database " + name + " and may not rename it; it belongs to "
                                    + facts.get(2))
                    .withHint("connect as its owner, or: GRANT " + Sql.name(facts.get(2)) + " TO " + Sql.name(role));
        }
    }

    /** What would silently stay with the database that is kept. */
    void refuseTied(Connection connection) {
        List<List<String>> tied = PgConnections.rows(connection, DOING, String.format(Sql.text("tied"), oid));
        if (!tied.isEmpty()) {
            throw new HoldfastException(
                            ErrorCode.UNSUPPORTED,
                            "database " + name + " cannot be replaced, since these belong to it: "
                                    + tied.stream().map(row -> row.get(0)).collect(Collectors.joining(", ")))
                    .withHint(tied.stream().map(row -> row.get(1)).collect(Collectors.joining("; ")));
        }
    }

    private void refuseSessionsOfOthers(PostgresDatabase server) {
        String others = ask(server, "sessions", oid).stream()
                .filter(row -> row.get(3).equals("f"))
                .map(row -> row.get(0))
                .distinct()
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            String role = server.connections().address().login().user();
            throw new HoldfastException(
                            ErrorCode.DENIED,
                            "role " + role + " may not end the sessions that are in database " + name + ", of: "
                                    + others)
                    .withHint("GRANT pg_signal_backend TO " + Sql.name(role)
                            + "; sessions of a superuser only a superuser ends");
        }
    }

    /** Who is in it, for people. */
    String sessions(Connection connection) {
        return PgConnections.rows(connection, DOING, String.format(Sql.text("sessions"), oid)).stream()
                .map(row -> row.get(2) + " of " + row.get(0) + (row.get(1).isEmpty() ? "" : " (" + row.get(1) + ")"))
                .collect(Collectors.joining(", "));
    }
}
