package dev.holdfast.postgres;

import dev.holdfast.engine.Sandbox;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A sandbox made ready for the statements of a stranger: they run as a role of their own, which is no superuser, so that they can run no
 * program, read no file and load no library of this machine. It may become each role that the dump names, and all that takes a superuser is
 * done for it before: roles are placeholders, extensions are there. Used by one thread; close gives the sandbox back as it was.
 */
final class DumpStage implements AutoCloseable {
    private static final String DOING = "preparing the sandbox";

    /** Encodings that a client may have, but no database. */
    private static final Set<String> OF_CLIENTS =
            Set.of("SJIS", "BIG5", "GBK", "UHC", "GB18030", "JOHAB", "SHIFT_JIS_2004");

    private final PgAddress server;
    private final boolean superuser;
    private final String mark = secret();
    private final String admin = "holdfast_admin_" + mark;
    private final String restorer = "holdfast_restore_" + mark;
    private final String hidden = "holdfast_server_" + mark;
    private final String password = secret() + secret();
    private final List<String> prepared = new ArrayList<>();
    private final Set<String> schemas = new TreeSet<>();
    private boolean renamed;

    /**
     * @param superuser whether the dump's statements may do everything instead
     * @param roles that the dump names
     */
    DumpStage(Sandbox sandbox, boolean superuser, Set<String> roles) {
        this.server = PgAddress.of(sandbox.url(), Map.of()).withDatabase("postgres");
        this.superuser = superuser;
        asServer("CREATE ROLE " + admin + " SUPERUSER LOGIN PASSWORD " + Sql.value(password));
        asServer("ALTER ROLE " + admin + " SET search_path TO ''"); // whatever the dump sets for a database
        try (PgSession session = session("postgres")) {
            makeRoles(session, roles);
        }
    }

    private static String secret() {
        var bytes = new byte[4];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private void asServer(String statement) {
        try (PgSession session = new PgConnections(server).openSession()) {
            PgConnections.execute(session.connection(), DOING, statement);
        }
    }

    private PgAddress as(String role, String database) {
        return new PgAddress(
                server.host(),
                server.port(),
                database,
                new PgAddress.Login(role, Optional.of(password)),
                server.options());
    }

    private PgSession session(String database) {
        return new PgConnections(as(admin, database)).openSession();
    }

    private static void run(PgSession session, String statement) {
        PgConnections.execute(session.connection(), DOING, statement);
    }

    /** The server's own superuser is most often called as the owner of all is in the dump. It steps aside for a placeholder. */
    private void makeRoles(PgSession session, Set<String> roles) {
        String own = server.login().user();
        run(
                session,
                "CREATE ROLE " + restorer + " LOGIN PASSWORD " + Sql.value(password)
                        + (superuser ? " SUPERUSER" : " NOSUPERUSER CREATEDB BYPASSRLS"));
        run(session, "ALTER ROLE " + restorer + " SET lc_messages TO 'C'");
        if (roles.contains(own) && !superuser) {
            run(session, "ALTER ROLE " + Sql.name(own) + " RENAME TO " + hidden);
            renamed = true;
        }
        Set<String> superusers = Set.copyOf(PgConnections.column(
                session.connection(), DOING, "SELECT rolname FROM pg_catalog.pg_roles WHERE rolsuper"));
        for (String role : roles) {
            if (Placeholders.make(session.connection(), role, "")) {
                prepared.add("made: role " + role + ", as a placeholder that nobody can be");
            }
            if (!superusers.contains(role)) {
                run(session, "GRANT " + Sql.name(role) + " TO " + restorer);
            }
        }
    }

    /** Makes a database ready, and makes it when it is not there yet. */
    void database(String name, DumpedDatabase facts) {
        try (PgSession session = session("postgres")) {
            List<List<String>> owner = PgConnections.rows(
                    session.connection(),
                    DOING,
                    "SELECT r.rolsuper FROM pg_catalog.pg_database d JOIN pg_catalog.pg_roles r ON r.oid = d.datdba"
                            + " WHERE d.datname = " + Sql.value(name));
            if (owner.isEmpty()) {
                run(
                        session,
                        "CREATE DATABASE " + Sql.name(name) + " OWNER " + restorer + " TEMPLATE template0"
                                + encoding(facts.encoding));
            } else if (owner.get(0).get(0).equals("t") && !superuser) {
                run(session, "ALTER DATABASE " + Sql.name(name) + " OWNER TO " + restorer);
            }
            if (!superuser) {
                run(session, "GRANT CREATE, CONNECT ON DATABASE " + Sql.name(name) + " TO PUBLIC");
            }
        }
        if (!superuser) {
            try (PgSession session = session(name)) {
                run(session, Sql.text("stage").formatted(restorer));
                if (isFresh(session)) {
                    facts.extensions.forEach((extension, schema) -> extension(session, extension, schema));
                }
                run(session, Sql.text("stage-extensions").formatted(restorer));
            }
        }
    }

    /** Where somebody has made a function, the script of an extension may run that. */
    private static boolean isFresh(PgSession session) {
        String functions = "SELECT 1 FROM pg_catalog.pg_proc WHERE oid OPERATOR(pg_catalog.>=) 16384 LIMIT 1";
        return PgConnections.rows(session.connection(), DOING, functions).isEmpty();
    }

    private String encoding(String encoding) {
        if (encoding.equals("UTF8") || OF_CLIENTS.contains(encoding)) {
            return "";
        }
        prepared.add("made: a database in encoding " + encoding + " with locale C");
        return " ENCODING " + Sql.value(encoding) + " LOCALE 'C'";
    }

    /** Made while nothing of the dump is there that its script could run. */
    private void extension(PgSession session, String extension, String schema) {
        String within = "";
        if (!schema.isEmpty() && !schema.equals("pg_catalog")) {
            run(session, "CREATE SCHEMA IF NOT EXISTS " + Sql.name(schema) + " AUTHORIZATION " + restorer);
            schemas.add(schema);
            within = " SCHEMA " + Sql.name(schema);
        }
        try {
            run(session, "CREATE EXTENSION IF NOT EXISTS " + Sql.name(extension) + within);
        } catch (HoldfastException e) {
            throw new HoldfastException(
                    ErrorCode.UNSUPPORTED, "extension " + extension + " cannot be made here: " + e.getMessage(), e);
        }
    }

    /** How the dump's statements reach a database. */
    ClientEnvironment client(String database) {
        return new PgConnections(as(restorer, database)).forPrograms(Map.of());
    }

    /** Who the dump's statements are run by, and who reads what they made: reading may run what they made, too. */
    PgAddress address() {
        return as(restorer, "postgres");
    }

    /** The schemas that are there before the dump makes them. */
    Set<String> schemas() {
        return schemas;
    }

    /** What was made, one line each. */
    List<String> prepared() {
        return prepared;
    }

    @Override
    public void close() {
        if (renamed) {
            String own = Sql.name(server.login().user());
            try (PgSession session = session("postgres")) {
                run(
                        session,
                        "ALTER ROLE " + own + " RENAME TO "
                                + Sql.name(server.login().user() + " of the dump " + mark));
                run(session, "ALTER ROLE " + hidden + " RENAME TO " + own);
            }
        }
    }
}
