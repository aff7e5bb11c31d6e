package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.engine.RestoreOrder;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Severity;
import java.util.List;
import java.util.stream.Collectors;

/** Refuses a restore that cannot succeed, before anything is changed. */
final class RestorePreflight {
    private static final int LONGEST_NAME = 63;

    private final PostgresDatabase server;
    private final RestoreOrder order;

    private RestorePreflight(PostgresDatabase server, RestoreOrder order) {
        this.server = server;
        this.order = order;
    }

    /**
     * What a restore that can succeed goes on with.
     *
     * @param program the pg_restore to use
     * @param tablespaces whether the server has all that the backup used; if not, everything goes to its default one
     */
    record Cleared(PgPrograms.Program program, boolean tablespaces) {}

    static Cleared check(PostgresDatabase server, Run run, RestoreOrder order) {
        var preflight = new RestorePreflight(server, order);
        preflight.checkName();
        preflight.checkReplaced();
        preflight.checkProduct();
        preflight.checkVersion();
        preflight.checkRights();
        ReadOnly.refuse(server);
        preflight.checkRoles(run);
        preflight.checkExtensions();
        preflight.checkLargeObjects();
        preflight.checkForeignLeaves();
        boolean tablespaces = preflight.hasTablespaces(run);
        preflight.tellLeftovers(run);
        return new Cleared(preflight.program(), tablespaces);
    }

    private PgPrograms.Program program() {
        int dumped = Integer.parseInt(order.database().string("pg_dump").split("[^0-9]", 2)[0]);
        return server.programs()
                .atLeast("pg_restore", Math.max(dumped, server.server().major()));
    }

    private void checkName() {
        String name = order.newName();
        OddNames.refuseLineEnds(name);
        if (name.isBlank() || name.indexOf('\0') >= 0 || name.getBytes(UTF_8).length > LONGEST_NAME) {
            throw new HoldfastException(
                            ErrorCode.BAD_USAGE, "'" + name.replace('\0', '?') + "' cannot be a database's name")
                    .withHint("a name has 1 to " + LONGEST_NAME + " bytes and is not blank");
        }
        if (order.keptAs().isEmpty()
                && !ask("SELECT datname FROM pg_catalog.pg_database WHERE datname = " + Sql.value(name))
                        .isEmpty()) {
            throw new HoldfastException(
                            ErrorCode.ALREADY_EXISTS, "database " + name + " is there already; it is not touched")
                    .withHint("choose another name for --into");
        }
    }

    private void checkReplaced() {
        order.keptAs().ifPresent(kept -> Replaced.named(server, order.newName()).refuseWhatIsInTheWay(server, kept));
    }

    private void checkProduct() {
        String product = order.database().string("product");
        if (!product.equals(PostgresEngine.PRODUCT)) {
            throw new HoldfastException(
                    ErrorCode.UNSUPPORTED, "the backup is of a database of " + product + ", the server is PostgreSQL");
        }
    }

    private void checkVersion() {
        long needed = order.database().count("server_version_num") / 10000;
        if (server.server().major() < needed) {
            throw new HoldfastException(
                    ErrorCode.UNSUPPORTED,
                    "the backup is of PostgreSQL " + needed + ", the server is "
                            + server.server().version() + ": an older server cannot take it");
        }
    }

    private void checkRights() {
        Rights.checkMaking(server);
    }

    private void checkRoles(Run run) {
        List<String> roles = roles();
        List<String> there = ask("SELECT rolname FROM pg_catalog.pg_roles WHERE rolname = ANY (ARRAY["
                + roles.stream().map(Sql::value).collect(Collectors.joining(", ")) + "]::pg_catalog.name[])");
        List<String> missing =
                roles.stream().filter(name -> !there.contains(name)).toList();
        if (!missing.isEmpty()) {
            byte[] bytes = order.piece().apply(SchemaArchive.PIECE);
            ClientEnvironment client = server.connections().forPrograms(server.environment());
            try (var archive = new SchemaArchive(program(), client, bytes, run)) {
                checkMissing(new MissingRoles(missing, archive));
            }
        }
        if (!order.owners() && !roles.isEmpty()) {
            run.finding(new Finding(
                    Severity.NOTE,
                    "owners_left_out",
                    order.newName(),
                    "owners and rights are left out, as asked; in the backup they are those of "
                            + String.join(", ", roles)));
        }
    }

    private void checkMissing(MissingRoles roles) {
        if (order.owners()) {
            throw roles.withOwners();
        }
        roles.refuseWithoutOwners();
    }

    /** The roles that own something in the backup or have rights there. */
    private List<String> roles() {
        return Roles.named(new String(order.piece().apply("roles.sql"), UTF_8));
    }

    private void checkExtensions() {
        List<String> there = ask("SELECT name FROM pg_catalog.pg_available_extensions");
        JsonObject wanted = order.database().object("extensions");
        List<String> missing = wanted.members().keySet().stream()
                .filter(name -> !there.contains(name))
                .toList();
        if (!missing.isEmpty()) {
            throw new HoldfastException(
                            ErrorCode.UNSUPPORTED, "the server lacks extensions: " + String.join(", ", missing))
                    .withHint("install them on the server's machine");
        }
    }

    /** They are compared page by page in the end. */
    private void checkLargeObjects() {
        boolean stored = order.relations().stream()
                .anyMatch(facts -> RowSource.of(facts) instanceof LargeObjectPages pages
                        && pages.way() == LargeObjectPages.Way.STORED);
        if (stored
                && ask("SELECT pg_catalog.has_table_privilege('" + LargeObjectPages.CATALOG + "', 'SELECT')")
                        .contains("f")) {
            throw new HoldfastException(
                            ErrorCode.DENIED,
                            "the backup has large objects, and role "
                                    + server.connections().address().login().user() + " may not read "
                                    + LargeObjectPages.CATALOG + " to compare them")
                    .withHint("GRANT pg_read_all_data TO the role, or connect as another one");
        }
    }

    /** Whoever loads such a table through its root writes to another server, which is none of ours. */
    private void checkForeignLeaves() {
        List<String> tables = order.relations().stream()
                .filter(facts -> RowSource.of(facts) instanceof RowSource.Leaves leaves && leaves.foreign())
                .map(facts -> Table.of(facts).displayName())
                .toList();
        if (!tables.isEmpty()) {
            throw new HoldfastException(
                            ErrorCode.UNSUPPORTED,
                            "rows of these tables may belong into other partitions now, and one of those is a foreign table,"
                                    + " which a restore must not write to: " + String.join(", ", tables))
                    .withHint("detach the foreign partition and take a backup without it");
        }
    }

    /** Whether all are here; else it is told. */
    private boolean hasTablespaces(Run run) {
        List<String> missing = Tablespaces.missing(server, order);
        if (!missing.isEmpty()) {
            run.finding(new Finding(
                    Severity.WARNING,
                    "tablespaces_left_out",
                    order.newName(),
                    "the server lacks tablespaces, so everything goes to its default one: "
                            + String.join(", ", missing)));
        }
        return missing.isEmpty();
    }

    /** A restore that was killed leaves its unfinished database behind; nothing else ever has such a name. */
    private void tellLeftovers(Run run) {
        String query = "SELECT datname FROM pg_catalog.pg_database d WHERE datname ^@ '" + WorkDatabase.PREFIX
                + "' AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_stat_activity a WHERE a.datid = d.oid)";
        for (String name : ask(query)) {
            run.finding(new Finding(
                    Severity.WARNING,
                    "unfinished_restore",
                    name,
                    "database " + name + " was left by a restore that did not end; if none is running: DROP DATABASE "
                            + name));
        }
    }

    private List<String> ask(String query) {
        return PgConnections.column(server.connection(), "looking at the target server", query);
    }
}
