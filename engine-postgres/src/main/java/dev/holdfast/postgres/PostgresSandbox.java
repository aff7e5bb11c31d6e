package dev.holdfast.postgres;

import dev.holdfast.engine.Sandbox;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A server of this machine's own PostgreSQL programs, in a temporary folder. */
final class PostgresSandbox implements Sandbox {
    private static final String DOING = "looking at the sandbox";

    /** What is lost with it is lost on purpose, so nothing is kept for a crash. */
    private static final Map<String, String> FAST = Map.of(
            "fsync", "off",
            "synchronous_commit", "off",
            "full_page_writes", "off",
            "wal_level", "minimal",
            "max_wal_senders", "0",
            "autovacuum", "off",
            "max_wal_size", "8GB",
            "max_locks_per_transaction", "512");

    private final ThrowawayServer server;
    private final String description;
    private final Map<String, String> environment;

    private PostgresSandbox(ThrowawayServer server, String description, Map<String, String> environment) {
        this.server = server;
        this.description = description;
        this.environment = environment;
    }

    /** Starts one of the major that the backup is of; where that is not here, of the next newer one. */
    static PostgresSandbox start(PgPrograms programs, int major, Map<String, String> environment) {
        Map.Entry<Integer, Path> found = programs.serverFolders().tailMap(major).entrySet().stream()
                .findFirst()
                .orElseThrow(() -> new HoldfastException(
                                ErrorCode.PROGRAM_MISSING,
                                "the server programs of PostgreSQL " + major + " were not found, nor of a newer one")
                        .withHint("install them (Debian: apt-get install postgresql-" + major
                                + "), or name the folder of initdb in HOLDFAST_POSTGRES_BIN"));
        int chosen = found.getKey();
        Path folder = found.getValue();
        ThrowawayServer server = ThrowawayServer.start(folder, FAST);
        String newer = chosen == major ? "" : ", newer than the source, which was " + major;
        return new PostgresSandbox(server, "PostgreSQL " + chosen + " of " + folder + newer, environment);
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public String url(String database) {
        return server.url(database);
    }

    private PgConnections to(String database) {
        return new PgConnections(PgAddress.of(url("postgres"), Map.of()).withDatabase(database));
    }

    /** Nobody can be them, and they may do nothing but own. */
    @Override
    public List<String> prepare(Function<String, Optional<byte[]>> pieces) {
        List<String> made = new ArrayList<>();
        String roles = PieceText.of(pieces, "roles.sql");
        try (PgSession session = to("postgres").openSession()) {
            for (String role : Roles.named(roles)) {
                String query = "SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = " + Sql.value(role);
                if (PgConnections.rows(session.connection(), DOING, query).isEmpty()) {
                    PgConnections.execute(
                            session.connection(), "making a role", "CREATE ROLE " + Sql.name(role) + " NOLOGIN");
                    made.add("role " + role + ", as a placeholder that nobody can be");
                }
            }
        }
        return made;
    }

    /** A lock that is taken here is not seen there. */
    @Override
    public void proveNotToBe(String url) {
        int mark = new SecureRandom().nextInt();
        try (PgSession here = to("postgres").openSession();
                PgSession there = new PgConnections(PgAddress.of(url, environment)).openSession()) {
            PgConnections.execute(here.connection(), DOING, "SELECT pg_catalog.pg_advisory_lock(" + mark + "::bigint)");
            String query = "SELECT 1 FROM pg_catalog.pg_locks WHERE locktype = 'advisory' AND objid::bigint = "
                    + (mark & 0xffffffffL);
            if (!PgConnections.rows(there.connection(), DOING, query).isEmpty()) {
                throw new HoldfastException(ErrorCode.INTERNAL, "the sandbox is the source itself");
            }
        }
    }

    @Override
    public List<Observation> observe(String database, Function<String, Optional<byte[]>> pieces) {
        String sequences = PieceText.of(pieces, "sequences.sql");
        try (PgSession session = to(database).openSession()) {
            return List.of(
                    none(
                            "every index can be used",
                            PgConnections.column(session.connection(), DOING, Sql.text("invalid-indexes"))),
                    none(
                            "every sequence stands where it stood, or further",
                            Sequences.behind(session.connection(), sequences)),
                    none("every materialized view that held rows holds some", unfilled(session, pieces)));
        }
    }

    private static List<String> unfilled(PgSession session, Function<String, Optional<byte[]>> pieces) {
        List<String> refreshes = DatabaseStatements.split(PieceText.of(pieces, "refresh.sql"));
        return PgConnections.rows(session.connection(), DOING, Sql.text("unfilled-views")).stream()
                .map(row -> Sql.name(row.get(0), row.get(1)))
                .filter(view -> refreshes.contains(ReadyStatements.refresh(view)))
                .toList();
    }

    private static Observation none(String what, List<String> exceptions) {
        return new Observation(
                what, exceptions.isEmpty() ? Optional.empty() : Optional.of("not so: " + FirstFew.of(exceptions)));
    }

    @Override
    public void close() {
        server.close();
    }
}
