package dev.holdfast.postgres;

import dev.holdfast.engine.Capture;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.Json;
import dev.holdfast.json.JsonObject;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Questions of people to a database. */
final class Questions {
    private static final String DOING = "asking";

    /** A semicolon that is not within simple quotes. Comments and dollar quotes are not looked into: better one too many refused. */
    private static final Pattern SEVERAL = Pattern.compile("^(?:[^;'\"]|'[^']*'|\"[^\"]*\")*;");

    private Questions() {}

    /**
     * Asks one, in a transaction of the session's own that may change nothing.
     *
     * @param snapshot at which moment; empty for now
     * @param searchPath how names without a schema are looked up
     */
    static String answer(PgSession session, Optional<String> snapshot, String searchPath, String question) {
        String one = question.strip().replaceFirst(";$", "");
        if (one.contains(";") && SEVERAL.matcher(one).find()) {
            throw new HoldfastException(ErrorCode.BAD_USAGE, "a question is one statement; this may be several: " + question)
                    .withHint("a second statement could end the transaction that changes nothing; ask two questions");
        }
        Connection connection = session.connection();
        PgConnections.execute(connection, DOING, "SET default_transaction_read_only = on");
        PgConnections.execute(connection, DOING, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        snapshot.ifPresent(id -> PgConnections.execute(connection, DOING, "SET TRANSACTION SNAPSHOT " + Sql.value(id)));
        PgConnections.execute(
                connection, DOING, "SELECT pg_catalog.set_config('search_path', " + Sql.value(searchPath) + ", true)");
        String answer = text(PgConnections.rows(connection, DOING, one));
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
