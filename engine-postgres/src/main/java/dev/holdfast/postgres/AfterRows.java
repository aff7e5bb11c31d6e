package dev.holdfast.postgres;

import dev.holdfast.error.HoldfastException;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Severity;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;

/**
 * Makes indexes, constraints and the like one by one where not all could be made at once. Rows may break a unique index or an exclusion
 * constraint: they were written while it was damaged, or their text is compared otherwise by now. A database whose rows are all there is
 * worth more than none, so what they break is left out and named with its statement, and so is what cannot be without it.
 */
final class AfterRows {
    private final Connection connection;
    private final Run run;
    private boolean allMade = true;

    AfterRows(Connection connection, Run run) {
        this.connection = connection;
        this.run = run;
    }

    /**
     * Runs statements, but for those of what is there already.
     *
     * @param statements in an order in which each finds what it needs
     * @return whether all is there now
     */
    boolean make(List<SchemaArchive.Statement> statements) {
        statements.forEach(this::make);
        return allMade;
    }

    private void make(SchemaArchive.Statement statement) {
        try {
            execute(statement, statement.toRun());
        } catch (HoldfastException e) {
            if (PgErrors.isBecauseOf(e, PgErrors.NOT_UNIQUE) || PgErrors.isBecauseOf(e, PgErrors.EXCLUDED)) {
                allMade = false;
                tell("constraint_broken", "rows break it, so it was left out: ", statement, e);
            } else if (!allMade && PgErrors.isUndefined(e)) {
                tell("not_made", "it needs what was left out, so it was left out, too: ", statement, e);
            } else if (isThere(statement, e)) {
                statement.owner().ifPresent(owner -> execute(statement, owner));
            } else {
                throw e;
            }
        }
    }

    /** A name that is taken may be another one's, as names of indexes are the schema's. */
    private boolean isThere(SchemaArchive.Statement statement, HoldfastException taken) {
        Optional<SchemaArchive.OnTable> index = statement.made();
        if (index.isPresent() && PgErrors.isTakenIndex(taken)) {
            String query = index.get().isThere();
            return !PgConnections.rows(connection, "looking for " + statement.object(), query)
                    .isEmpty();
        }
        return PgErrors.isTakenName(taken);
    }

    private void execute(SchemaArchive.Statement statement, String sql) {
        PgConnections.execute(connection, "making " + statement.object(), sql);
    }

    private void tell(String code, String what, SchemaArchive.Statement statement, HoldfastException why) {
        run.finding(new Finding(
                Severity.WARNING, code, statement.object(), what + statement.told() + " " + why.getMessage()));
    }
}
