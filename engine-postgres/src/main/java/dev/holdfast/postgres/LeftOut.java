package dev.holdfast.postgres;

import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Severity;
import java.sql.Connection;
import java.util.List;

/** What a role, or a standby, cannot give to a backup, and nobody else would tell: each is a finding. */
final class LeftOut {
    private LeftOut() {}

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
