package dev.holdfast.postgres;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.sql.Connection;
import java.util.List;
import java.util.Set;

/**
 * What functions of somebody's, which run while rows are put back, do to tables beside writing rows: the server counts neither TRUNCATE nor
 * a change of the schema.
 */
final class Interference {
    private static final String SHAPES = "shapes";

    private final Connection connection;
    private final List<List<String>> before;

    private Interference(Connection connection, List<List<String>> before) {
        this.connection = connection;
        this.before = before;
    }

    /** Notes how the tables stand, in the transaction that is watched. */
    static Interference watch(Connection connection) {
        return new Interference(connection, CatalogDrift.lines(connection, SHAPES));
    }

    /** An error when a table does not stand as it did. */
    void check() {
        Set<String> changed = CatalogDrift.between(before, CatalogDrift.lines(connection, SHAPES));
        if (!changed.isEmpty()) {
            throw error("emptied, rewrote, changed or dropped tables: " + CatalogDrift.listed(changed));
        }
    }

    static HoldfastException error(String how) {
        return new HoldfastException(ErrorCode.NOT_EQUAL, "something else " + how)
                .withHint(
                        "a function that a materialized view or an event trigger calls, say; --into NAME brings the backup"
                                + " back beside the database");
    }
}
