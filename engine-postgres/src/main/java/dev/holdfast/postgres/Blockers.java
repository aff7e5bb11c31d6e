package dev.holdfast.postgres;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.util.List;

/** Who keeps others from reading which table. */
final class Blockers {
    private Blockers() {}

    /** Tables and processes, for people; none when nobody answers, since a lock is an error with or without a name. */
    static List<String> of(PgConnections connections) {
        try (PgSession outside = connections.openSession()) {
            return PgConnections.column(outside.connection(), "asking who is in the way", Sql.text("blockers"));
        } catch (HoldfastException e) {
            if (e.code() == ErrorCode.INTERRUPTED) {
                throw e;
            }
            return List.of();
        }
    }
}
