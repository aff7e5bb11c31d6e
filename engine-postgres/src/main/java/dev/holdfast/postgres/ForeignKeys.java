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
    private final boolean targets;
    private boolean allMade = true;

    /**
     * @param targets whether every unique constraint is there that a key may point at
     */
    ForeignKeys(Connection connection, Run run, boolean targets) {
        this.connection = connection;
        this.run = run;
        this.targets = targets;
    }

    /** Runs statements that each add one key, but for those that are there already; whether all keys are there now. */
    boolean make(List<SchemaArchive.Statement> statements) {
        statements.forEach(this::make);
        return allMade;
    }

    private void make(SchemaArchive.Statement statement) {
        try {
            execute(statement.text());
        } catch (HoldfastException e) {
            if (PgErrors.isBecauseOf(e, PgErrors.FOREIGN_KEY_BROKEN)) {
                makeUnchecked(statement, e);
            } else if (!targets && PgErrors.isUndefined(e)) {
                allMade = false;
                tell(
                        "not_made",
                        statement,
                        "a foreign key needs what was left out, so it was left out, too: " + statement.told() + " ",
                        e);
            } else if (!PgErrors.isBecauseOf(e, PgErrors.IS_THERE)) {
                throw e;
            }
        }
    }

    private void makeUnchecked(SchemaArchive.Statement statement, HoldfastException broken) {
        String unchecked = statement.text().replaceFirst(";$", " NOT VALID;");
        try {
            execute(unchecked);
            tell(
                    "foreign_key_broken",
                    statement,
                    "rows break the foreign key " + statement.object()
                            + ", so it was made NOT VALID: old rows are not checked, new rows are: ",
                    broken);
        } catch (HoldfastException e) {
            if (!PgErrors.isBecauseOf(e, PgErrors.WRONG_KIND)) {
                throw e;
            }
            broken.addSuppressed(e);
            allMade = false;
            tell(
                    "foreign_key_broken",
                    statement,
                    "rows break a foreign key of a partitioned table, so it was left out: " + statement.told() + " ",
                    broken);
        }
    }

    private void tell(String code, SchemaArchive.Statement statement, String what, HoldfastException why) {
        run.finding(new Finding(Severity.WARNING, code, statement.object(), what + why.getMessage()));
    }

    private void execute(String statement) {
        PgConnections.execute(connection, "making a foreign key", statement);
    }
}
