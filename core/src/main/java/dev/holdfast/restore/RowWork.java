package dev.holdfast.restore;

import dev.holdfast.compare.RowDifference;
import dev.holdfast.compare.RowSet;
import dev.holdfast.restore.Selection.Mode;

/**
 * What is done to the rows of one relation. A row that changes is deleted and inserted.
 *
 * @param delete of the live relation's rows
 * @param insert of the backup's rows
 */
record RowWork(RowDifference difference, RowSet delete, RowSet insert) {
    static RowWork of(RowDifference difference, Mode mode) {
        return switch (mode) {
            case REPLACE -> new RowWork(difference, difference.come(), difference.gone());
            case UPSERT -> new RowWork(difference, difference.changedAfter(), difference.gone());
            case INSERT_MISSING ->
                new RowWork(difference, RowSet.none(), difference.gone().without(difference.changedBefore()));
        };
    }

    boolean isNone() {
        return delete.isEmpty() && insert.isEmpty();
    }

    /** Whether what is left to differ is what the work was to leave: it is compared again once it is done. */
    boolean isDone(RowDifference left) {
        return left.gone().count() == difference.gone().count() - insert.count()
                && left.come().count() == difference.come().count() - delete.count();
    }

    InPlaceReport.Replaced report() {
        long now = difference.backup().tally().count()
                - difference.gone().count()
                + difference.come().count();
        long updated = Math.min(difference.changedAfter().count(), delete.count());
        return new InPlaceReport.Replaced(
                difference.relation().name(),
                now,
                now - delete.count() + insert.count(),
                insert.count() - updated,
                updated,
                delete.count() - updated);
    }
}
