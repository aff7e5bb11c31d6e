package dev.holdfast.postgres;

import dev.holdfast.engine.Capture;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.Json;
import dev.holdfast.json.JsonObject;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;

/** Questions of people to a database. */
final class Questions {
    private static final String DOING = "asking";
    private static final String CURSOR = "holdfast_answer";

    private Questions() {}

    /**
     * Asks one, in a transaction of the session's own that may change nothing.
     *
     * @param snapshot at which moment; empty for now
     * @param searchPath how names without a schema are looked up
     */
    static String answer(PgSession session, Optional<String> snapshot, String searchPath, String question) {
        Connection connection = session.connection();
        PgConnections.execute(connection, DOING, "SET default_transaction_read_only = on");
        PgConnections.execute(connection, DOING, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        snapshot.ifPresent(id -> PgConnections.execute(connection, DOING, "SET TRANSACTION SNAPSHOT " + Sql.value(id)));
        PgConnections.execute(
                connection, DOING, "SELECT pg_catalog.set_config('search_path', " + Sql.value(searchPath) + ", true)");
        // as part of a block nothing of it can end the transaction, or begin another one that may write
        String declare = "BEGIN EXECUTE " + Sql.value("DECLARE " + CURSOR + " CURSOR FOR " + question) + "; END";
        PgConnections.execute(connection, DOING, "DO " + Sql.value(declare));
        String answer = text(PgConnections.rows(connection, DOING, "FETCH ALL FROM " + CURSOR));
        if (answer.length() > Capture.LONGEST_ANSWER) {
            throw new HoldfastException(
                            ErrorCode.BAD_USAGE,
                            "the answer has " + answer.length() + " characters, more than " + Capture.LONGEST_ANSWER)
                    .withHint("ask for counts, sums or a digest: SELECT md5(string_agg(...))");
        }
        return answer;
    }

    private static String text(List<List<String>> rows) {
        boolean isOneValue = rows.size() == 1 && rows.get(0).size() == 1;
        return isOneValue ? String.valueOf(rows.get(0).get(0)) : Json.text(new JsonObject().put("rows", rows));
    }
}
