package dev.holdfast.postgres;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.sql.Connection;
import java.util.List;
import java.util.stream.Collectors;

/** What our role may read. A backup needs no superuser, but it needs to see every row. */
final class Rights {
    private static final int NAMED_AT_MOST = 10;

    private Rights() {}

    /** Better no backup than one without a table: an error that names what may not be read. */
    static void check(Connection connection) {
        List<List<String>> unreadable =
                PgConnections.rows(connection, "looking at the role's rights", Sql.text("unreadable"));
        if (unreadable.isEmpty()) {
            return;
        }
        String names = unreadable.stream()
                .limit(NAMED_AT_MOST)
                .map(row -> row.get(0) + " (" + row.get(1) + ")")
                .collect(Collectors.joining(", "));
        int more = unreadable.size() - NAMED_AT_MOST;
        throw new HoldfastException(
                        ErrorCode.DENIED,
                        "the role may not read everything: " + names + (more > 0 ? " and " + more + " more" : ""))
                .withHint(
                        names.contains("row-level security")
                                ? "use a role with BYPASSRLS"
                                : "the role needs SELECT on every table: GRANT pg_read_all_data TO <role>");
    }
}
