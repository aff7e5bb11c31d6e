package dev.holdfast.postgres;

import dev.holdfast.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Which history a server is in: where one of these differs, what another backup saw may not have led to what is there now.
 *
 * @param timeline of a server that is no standby; empty where it is not said
 * @param statisticsReset when the statistics were last reset, which each crash does; empty where it is not said
 */
record ServerHistory(Optional<String> timeline, Optional<String> statisticsReset) {
    /** Asks outside of a transaction, since a server may refuse one of the questions. */
    static ServerHistory read(Connection connection) {
        return new ServerHistory(
                ask(
                        connection,
                        "SELECT CASE WHEN pg_catalog.pg_is_in_recovery() THEN 'standby' ELSE"
                                + " pg_catalog.left(pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_insert_lsn()), 8) END"),
                ask(connection, "SELECT stats_reset::text FROM pg_catalog.pg_stat_bgwriter"));
    }

    private static Optional<String> ask(Connection connection, String question) {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(question)) {
            return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            if (state.startsWith("08") || state.startsWith("57P")) {
                throw PgErrors.of("asking the server for its history", e);
            }
            return Optional.empty(); // a hosted server may refuse in its own way: then fingerprints do not count
        }
    }

    void addTo(JsonObject facts) {
        facts.put("timeline", timeline.orElse(null)).put("statistics_reset", statisticsReset.orElse(null));
    }
}
