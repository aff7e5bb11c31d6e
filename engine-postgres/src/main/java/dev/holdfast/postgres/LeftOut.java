package dev.holdfast.postgres;

import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Severity;
import java.sql.Connection;
import java.util.List;

/** What a role or a standby cannot give to a backup, and what cannot be brought back: each is a finding. */
final class LeftOut {
    /** Of a subscription that only a superuser may read. */
    static final String SUBSCRIPTION = "subscription_left_out";

    private LeftOut() {}

    /** Tables that a backup has and no restore can bring back: better said now. */
    static void tellUnrestorable(List<Table> tables, Run run) {
        for (Table table : tables) {
            if (table.source() instanceof RowSource.Leaves leaves && leaves.foreign()) {
                run.finding(new Finding(
                        Severity.WARNING,
                        "foreign_partition",
                        table.displayName(),
                        "rows of " + table.displayName()
                                + " may belong into other partitions after a restore, and one of"
                                + " those is a foreign table: a restore will be refused; detach it before the backup"));
            }
        }
    }

    /**
     * @param standby whether the snapshot is a standby's, even if that was promoted since
     */
    static void tell(Connection connection, boolean standby, Run run) {
        String query = String.format(Sql.text("left-out"), standby);
        for (List<String> row : PgConnections.rows(connection, "listing what is left out", query)) {
            run.finding(new Finding(Severity.WARNING, row.get(0), row.get(1), row.get(2)));
        }
    }
}
