package dev.holdfast.postgres;

import dev.holdfast.engine.Watch;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.run.Run;
import java.sql.Connection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A session in another database of the server, as a rule, from which the one that is guarded is looked at. */
final class PostgresWatch implements Watch {
    private static final String DOING = "looking who is at work";
    private static final String CHECKED = "-c client_connection_check_interval=2s";

    private final PgConnections guarded;
    private final PostgresDatabase beside;
    private final String oid;
    private String since = "";
    private String before = "";

    /**
     * @param guarded the ways to the database that is guarded
     * @param beside where the session is; closed with this
     */
    PostgresWatch(PgConnections guarded, PostgresDatabase beside, String oid) {
        this.guarded = guarded;
        this.beside = beside;
        this.oid = oid;
    }

    /** From a database that is not in the way when the guarded one is dropped or renamed; where there is none, from itself. */
    static PostgresWatch of(PostgresDatabase guarded, PostgresDatabase beside, Run run, String doing) {
        PgConnections.introduce(beside.connection(), doing);
        return new PostgresWatch(
                new PgConnections(guarded.connections().address(), run::wokenBy),
                beside,
                String.valueOf(guarded.identity().count("database_oid")));
    }

    private Connection connection() {
        return beside.connection();
    }

    private List<List<String>> ask(String query, Object... about) {
        return PgConnections.rows(connection(), DOING, String.format(Sql.text(query), about));
    }

    private String one(String query) {
        return PgConnections.column(connection(), DOING, query).get(0);
    }

    @Override
    public void claim() {
        if (one("SELECT pg_catalog.pg_is_in_recovery()").equals("t")) {
            throw new HoldfastException(
                            ErrorCode.UNSUPPORTED,
                            guarded.address() + " is a standby: nothing can be changed there, or put back")
                    .withHint("name the primary server");
        }
        List<String> others = List.of();
        for (int i = 0; i < WriteLock.CLAIMS; i++) {
            boolean isOurs = WriteLock.isClaimed(connection(), Long.parseLong(oid));
            others = ask("guards", WriteLock.ONLY_ONE, oid, WriteLock.RUN).stream()
                    .map(row -> row.get(0))
                    .toList();
            if (isOurs && others.isEmpty()) {
                return;
            }
            Pause.moment(); // a session that was broken off may take a little to go
        }
        throw WriteLock.isAtIt("another run guards this database or puts it back", others);
    }

    @Override
    public boolean isHeld() {
        try {
            return one("SELECT pg_catalog.count(*) FROM pg_catalog.pg_locks l WHERE l.locktype = 'advisory' AND l.classid = "
                            + WriteLock.ONLY_ONE + " AND l.objid = " + oid + " AND l.pid = pg_catalog.pg_backend_pid()")
                    .equals("1");
        } catch (HoldfastException e) {
            return false;
        }
    }

    @Override
    public String position() {
        return one("SELECT pg_catalog.pg_current_wal_insert_lsn()");
    }

    @Override
    public void begin() {
        since = Sql.value(one("SELECT pg_catalog.clock_timestamp()"));
        List<String> pids = PgConnections.column(
                connection(),
                DOING,
                "SELECT pid FROM pg_catalog.pg_stat_activity WHERE coalesce(backend_type = 'client backend', usesysid IS NOT NULL)"
                        + " AND pid <> pg_catalog.pg_backend_pid() AND datid = " + oid);
        before = "'{" + String.join(",", pids) + "}'::int[]";
    }

    @Override
    public long others() {
        return Long.parseLong(ask("at-work", before, oid, since).get(0).get(0));
    }

    @Override
    public List<Leftover> leftovers() {
        return ask("leftovers", oid, since).stream()
                .map(row -> new Leftover(row.get(0), row.get(3), row.get(4).equals("t")))
                .toList();
    }

    @Override
    public void end(List<Leftover> leftovers) {
        Set<String> wanted = new HashSet<>(leftovers.stream()
                .filter(Leftover::mayBeEnded)
                .map(Leftover::id)
                .toList());
        ask("leftovers", oid, since).stream()
                .filter(row -> wanted.contains(row.get(0)))
                .forEach(row -> tryToEnd(row.get(1), row.get(2)));
    }

    private void tryToEnd(String pid, String gid) {
        try {
            if (gid.isEmpty()) {
                one("SELECT pg_catalog.pg_terminate_backend(" + pid + ", 5000)");
            } else {
                rollBack(gid);
            }
        } catch (HoldfastException e) {
            return; // it goes on, and is listed again
        }
    }

    /** Only from within its own database. */
    private void rollBack(String gid) {
        try (PgSession session = guarded.openSession()) {
            PgConnections.execute(
                    session.connection(), "ending a prepared transaction", "ROLLBACK PREPARED " + Sql.value(gid));
        }
    }

    private <T> T inside(Function<Connection, T> work) {
        try (PgSession session = guarded.openSession()) {
            return work.apply(session.connection());
        }
    }

    /** A pooler refuses such settings at login, and so do systems that cannot look whether a connection is still there. */
    @Override
    public Map<String, String> forPrograms(Map<String, String> environment) {
        Map<String, String> changed = new HashMap<>();
        try {
            PgConnections.execute(connection(), "asking to be watched", "SET client_connection_check_interval = '2s'");
        } catch (HoldfastException e) {
            return changed;
        }
        if (!beside.connections().areThroughPooler()) {
            String own = environment.getOrDefault("PGOPTIONS", "");
            changed.put("PGOPTIONS", own.isEmpty() ? CHECKED : own + " " + CHECKED);
        }
        return changed;
    }

    /** In a transaction that may only read, with the role's own settings. */
    @Override
    public Optional<String> doubts(String question) {
        return inside(session -> {
            PgConnections.execute(session, "asking", "RESET ALL; BEGIN READ ONLY");
            List<List<String>> rows = PgConnections.rows(session, "asking", question);
            boolean isYes = rows.equals(List.of(List.of("t")));
            if (isYes) {
                return Optional.empty();
            }
            return Optional.of(
                    rows.size() == 1 && rows.get(0).size() == 1
                            ? "the answer is "
                                    + Optional.ofNullable(rows.get(0).get(0)).orElse("null")
                            : "the answer is not one true value, but " + rows.size() + " rows");
        });
    }

    @Override
    public List<Link> links() {
        return inside(session -> PgConnections.rows(session, "looking at foreign keys", Sql.text("links")).stream()
                .map(row -> new Link(
                        Table.displayName(row.get(0), row.get(1)),
                        Table.displayName(row.get(2), row.get(3)),
                        row.get(4).endsWith("CASCADE") ? Effect.DELETED : Effect.CHANGED,
                        row.get(4)))
                .toList());
    }

    @Override
    public void close() {
        beside.close();
    }
}
