package dev.holdfast.postgres;

import dev.holdfast.error.HoldfastException;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Severity;
import java.sql.Connection;
import java.util.List;

/**
 * Makes foreign keys one by one where not all rows keep them: rows that were written while the key was switched off. A database whose
 * rows are all there is worth more than none, so such a key is made without looking at the rows that are there, or left out, and named.
 */
final class ForeignKeys {
    private final Connection connection;
    private final Run run;
    private final String database;
    private boolean allMade = true;

    /**
     * @param database the name that the restored one will have, for findings
     */
    ForeignKeys(Connection connection, Run run, String database) {
        this.connection = connection;
        this.run = run;
        this.database = database;
    }

    /** Runs statements that each add one key, but for those that are there already; whether all keys are there now. */
    boolean make(List<String> statements) {
        statements.forEach(this::make);
        return allMade;
    }

    private void make(String statement) {
        try {
            execute(statement);
        } catch (HoldfastException e) {
            if (PgErrors.isBecauseOf(e, PgErrors.FOREIGN_KEY_BROKEN)) {
                makeUnchecked(statement, e);
            } else if (!PgErrors.isBecauseOf(e, PgErrors.IS_THERE)) {
                throw e;
            }
        }
    }

    private void makeUnchecked(String statement, HoldfastException broken) {
        String unchecked = statement.replaceFirst(";$", " NOT VALID;");
        try {
            execute(unchecked);
            tell(
                    "rows break a foreign key, so it was made NOT VALID: old rows are not checked, new rows are: ",
                    broken);
        } catch (HoldfastException e) {
            if (!PgErrors.isBecauseOf(e, PgErrors.WRONG_KIND)) {
                throw e;
            }
            broken.addSuppressed(e);
            allMade = false;
            tell("rows break a foreign key of a partitioned table, so it was left out: " + statement + " ", broken);
        }
    }

    private void tell(String what, HoldfastException broken) {
        run.finding(new Finding(Severity.WARNING, "foreign_key_broken", database, what + broken.getMessage()));
    }

    private void execute(String statement) {
        PgConnections.execute(connection, "making a foreign key", statement);
    }
}
