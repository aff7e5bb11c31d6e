package dev.holdfast.postgres;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.util.List;

/** Refuses a server whose sessions cannot write, and says what keeps them from it. */
final class ReadOnly {
    private static final String SETTING = "default_transaction_read_only";

    private ReadOnly() {}

    static void refuse(PostgresDatabase server) {
        List<String> sources =
                PgConnections.column(server.connection(), "looking at the target server", Sql.text("read-only"));
        for (String source : sources) {
            if (source.equals("standby")) {
                throw new HoldfastException(
                                ErrorCode.UNSUPPORTED,
                                "the server is a standby, which is read-only: nothing can be made")
                        .withHint("name the primary");
            }
            throw new HoldfastException(
                            ErrorCode.DENIED,
                            "sessions are read-only, since " + SETTING + " is on: nothing can be made")
                    .withHint(cure(source, server));
        }
    }

    /**
     * @param source as pg_settings tells it
     */
    private static String cure(String source, PostgresDatabase server) {
        String database = "DATABASE " + Sql.name(server.name());
        String role =
                "ALTER ROLE " + Sql.name(server.connections().address().login().user());
        String reset = " RESET " + SETTING;
        return switch (source) {
            case "database" ->
                "name another database of the server, such as postgres (then say SOURCE/ID, not ID alone), or: ALTER "
                        + database + reset;
            case "user" -> "connect as another role, or: " + role + reset;
            case "database user" ->
                "name another database of the server, connect as another role, or: " + role + " IN " + database + reset;
            case "client" -> "the connection asks for it: look at options in the URL, and at PGOPTIONS";
            default ->
                "it is on for the whole server: switch it off in its configuration, or: " + role + " SET " + SETTING
                        + " = off";
        };
    }
}
