package dev.holdfast.postgres;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.run.Run;
import java.sql.Connection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A sandbox on a server that its operator gives for it: a database of its own beside others. A role of the run's name tells the next sandbox
 * there what this one made; while this one lives it holds a lock of the run's number, wherever the next one runs.
 */
final class GivenServer implements SandboxServer {
    private static final String PREFIX = "holdfast_drill_";
    private static final String KEPT = "holdfast_kept_";
    private static final String OF = "placeholder of " + PREFIX;
    private static final String DOING = "tidying the sandbox server";

    private final String url;
    private final PgAddress address;
    private final String mark;
    private final PgSession claim;
    private final int major;
    private boolean isKept;

    private GivenServer(String url, PgAddress address, String mark, PgSession claim, int major) {
        this.url = url;
        this.address = address;
        this.mark = mark;
        this.claim = claim;
        this.major = major;
    }

    static GivenServer open(String url, Map<String, String> environment, Run run) {
        PgAddress address = PgAddress.of(url, environment).withDatabase("postgres");
        String mark = run.id().hex().substring(0, WorkDatabase.MARK_LENGTH);
        PgSession claim = new PgConnections(address).openSession();
        try {
            PgConnections.introduce(claim.connection(), "holdfast drill");
            removeLeft(claim.connection());
            PgConnections.execute(
                    claim.connection(), DOING, "SELECT pg_catalog.pg_advisory_lock(" + number(mark) + ")");
            Placeholders.make(claim.connection(), PREFIX + mark, "marks what a drill made");
            String version = PgConnections.column(claim.connection(), DOING, "SHOW server_version_num")
                    .get(0);
            return new GivenServer(url, address, mark, claim, Integer.parseInt(version) / 10_000);
        } catch (RuntimeException e) {
            claim.close();
            throw e;
        }
    }

    private static long number(String mark) {
        return HexFormat.fromHexDigitsToLong(mark);
    }

    int major() {
        return major;
    }

    @Override
    public String description() {
        return "PostgreSQL " + major + " at " + address.host() + ":" + address.port() + ", which you named";
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public PgAddress address() {
        return address;
    }

    @Override
    public String nameFor(String wanted) {
        return PREFIX + mark;
    }

    @Override
    public boolean place(String role) {
        return Placeholders.make(claim.connection(), role, OF + mark);
    }

    @Override
    public List<String> keep() {
        isKept = true;
        return List.of(
                "kept: database " + KEPT + mark + ", once the drill has ended, and the roles whose comment is '" + OF
                        + mark + "'",
                "to remove it: DROP DATABASE " + KEPT + mark);
    }

    @Override
    public void close() {
        try (claim) {
            if (isKept) {
                PgConnections.execute(
                        claim.connection(),
                        "keeping the database",
                        "ALTER DATABASE " + PREFIX + mark + " RENAME TO " + KEPT + mark);
                PgConnections.execute(claim.connection(), DOING, "DROP ROLE " + PREFIX + mark);
            } else {
                remove(claim.connection(), mark);
            }
        }
    }

    /** What others made that nobody holds any more. One that has just been begun holds its lock before its role is there. */
    private static void removeLeft(Connection connection) {
        for (String left : PgConnections.column(connection, DOING, Sql.text("left-sandboxes"))) {
            try {
                remove(connection, left);
            } catch (HoldfastException e) {
                if (e.code() != ErrorCode.DATABASE_FAILED && e.code() != ErrorCode.DENIED) {
                    throw e;
                } // somebody else's: they see to it
            }
        }
    }

    private static void remove(Connection connection, String mark) {
        for (String database : List.of(PREFIX + mark, WorkDatabase.PREFIX + mark)) {
            String isTemplate =
                    "SELECT 1 FROM pg_catalog.pg_database WHERE datistemplate AND datname = " + Sql.value(database);
            if (!PgConnections.rows(connection, DOING, isTemplate).isEmpty()) {
                PgConnections.execute(connection, DOING, "ALTER DATABASE " + Sql.name(database) + " IS_TEMPLATE false");
            }
            PgConnections.execute(connection, DOING, "DROP DATABASE IF EXISTS " + Sql.name(database) + " WITH (FORCE)");
        }
        String placeholders =
                "SELECT rolname FROM pg_catalog.pg_roles WHERE pg_catalog.shobj_description(oid, 'pg_authid') = "
                        + Sql.value(OF + mark);
        for (String role : PgConnections.column(connection, DOING, placeholders)) {
            drop(connection, role);
        }
        drop(connection, PREFIX + mark);
    }

    /** A role that somebody has put to use meanwhile stays. */
    private static void drop(Connection connection, String role) {
        Optional<HoldfastException> inUse = Optional.empty();
        try {
            PgConnections.execute(connection, DOING, "DROP ROLE " + Sql.name(role));
        } catch (HoldfastException e) {
            inUse = Optional.of(e).filter(known -> !PgErrors.isBecauseOf(known, PgErrors.DEPENDENT_OBJECTS));
        }
        inUse.ifPresent(e -> {
            throw e;
        });
    }
}
