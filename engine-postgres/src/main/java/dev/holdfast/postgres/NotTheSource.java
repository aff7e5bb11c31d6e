package dev.holdfast.postgres;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows that a sandbox is another server than the one that was backed up. */
final class NotTheSource {
    private static final String DOING = "showing that the sandbox is not the source";

    private NotTheSource() {}

    /**
     * By a lock that is taken here and not seen there. Somebody may have named another server as the source, or its standby, on which its
     * locks are not seen: so a server that was there already must also have another identity than the one in the backup.
     *
     * @param isOurs whether we started the sandbox: then a source that is gone, which is just what drills are for, is no reason not to
     *     use it
     * @return how it was shown, for people
     * @throws HoldfastException when it is the source, or may be
     */
    static String show(
            SandboxServer server,
            boolean isOurs,
            Optional<String> source,
            JsonObject database,
            Map<String, String> environment) {
        try (PgSession here = server.session()) {
            if (source.isPresent()) {
                try {
                    askBoth(here, source.get(), environment);
                    if (isOurs) {
                        return "shown: the sandbox is not the source, since a lock that is taken here is not seen there";
                    }
                } catch (HoldfastException e) {
                    if (!isOurs || (e.code() != ErrorCode.UNREACHABLE && e.code() != ErrorCode.DENIED)) {
                        throw e;
                    }
                }
            }
            return isOurs
                    ? "the sandbox was made for this drill; the source was not asked"
                    : byIdentity(here, database.object("identity"));
        }
    }

    private static void askBoth(PgSession here, String source, Map<String, String> environment) {
        long mark = new SecureRandom().nextLong();
        try (PgSession there = new PgConnections(PgAddress.of(source, environment)).openSession()) {
            PgConnections.execute(here.connection(), DOING, "SELECT pg_catalog.pg_advisory_lock(" + mark + ")");
            if (!isSeen(here, mark)) {
                throw new HoldfastException(ErrorCode.UNSUPPORTED, "the sandbox does not show its own locks")
                        .withHint("name the server itself, and not what stands between");
            }
            if (isSeen(there, mark)) {
                throw isTheSource();
            }
        }
    }

    private static boolean isSeen(PgSession session, long mark) {
        String query =
                "SELECT 1 FROM pg_catalog.pg_locks WHERE locktype = 'advisory' AND objsubid = 1 AND classid::bigint = "
                        + (mark >>> 32) + " AND objid::bigint = " + (mark & 0xffffffffL);
        return !PgConnections.rows(session.connection(), DOING, query).isEmpty();
    }

    private static String byIdentity(PgSession here, JsonObject identity) {
        List<String> found = systemIdentifier(here);
        Optional<String> wanted = identity.optionalString("system_identifier");
        if (wanted.isEmpty()) {
            throw new HoldfastException(
                            ErrorCode.UNSUPPORTED,
                            "whether the sandbox is the source is not known: the backup does not say which server it is of")
                    .withHint("name the source with --db, so that it can be asked");
        }
        if (found.contains(wanted.get())) {
            throw isTheSource();
        }
        return "shown: the sandbox is not the source, since its system identifier is another";
    }

    private static List<String> systemIdentifier(PgSession session) {
        String query = "SELECT system_identifier FROM pg_catalog.pg_control_system()";
        return PgConnections.column(session.connection(), DOING, query);
    }

    private static HoldfastException isTheSource() {
        return new HoldfastException(
                        ErrorCode.UNSUPPORTED, "the sandbox is the server that was backed up, or a copy of it")
                .withHint("name another server, or none: --sandbox auto starts one of its own");
    }
}
