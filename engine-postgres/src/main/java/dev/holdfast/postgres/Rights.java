package dev.holdfast.postgres;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/** What our role may read. A backup needs no superuser, but it needs to see every row. */
final class Rights {
    /** A reason that the query gives. */
    private static final String HIDDEN = "row-level security would hide rows";

    private Rights() {}

    /** Better no backup than one without a table: an error that names what may not be read. */
    static void check(Connection connection) {
        List<List<String>> unreadable =
                PgConnections.rows(connection, "looking at the role's rights", Sql.text("unreadable"));
        if (unreadable.isEmpty()) {
            return;
        }
        String names = FirstFew.of(unreadable.stream()
                .map(row -> row.get(0) + " (" + row.get(1) + ")")
                .toList());
        throw new HoldfastException(ErrorCode.DENIED, "the role may not read everything: " + names)
                .withHint(hint(unreadable.stream().map(row -> row.get(1)).toList()));
    }

    private static String hint(List<String> reasons) {
        List<String> hints = new ArrayList<>();
        if (reasons.contains(HIDDEN)) {
            hints.add("use a role with BYPASSRLS");
        }
        if (!reasons.stream().allMatch(HIDDEN::equals)) {
            hints.add("the role needs SELECT on every table: GRANT pg_read_all_data TO <role>");
        }
        return String.join("; ", hints);
    }

    /** An error when the role may not create databases. */
    static void checkMaking(PostgresDatabase server) {
        String query = "SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = current_user AND (rolcreatedb OR rolsuper)";
        if (PgConnections.rows(server.connection(), "looking at the role's rights", query)
                .isEmpty()) {
            throw new HoldfastException(
                            ErrorCode.DENIED,
                            "role " + server.connections().address().login().user() + " may not create databases")
                    .withHint("ALTER ROLE ... CREATEDB, or connect as another role");
        }
    }
}
