package dev.holdfast.restore;

import dev.holdfast.engine.Database;
import dev.holdfast.engine.Restoration;
import dev.holdfast.engine.RestoreOrder;
import dev.holdfast.journal.Journal;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.Manifest;
import dev.holdfast.repository.RelationEntry;
import dev.holdfast.repository.Repository;
import dev.holdfast.run.Run;
import java.time.Duration;
import java.util.List;

/**
 * Brings a backup back as a new database. The database has its name only when every relation was read again and is equal to the backup;
 * until then any failure removes what was made. Used once.
 */
public final class Restore {
    private final Repository repository;
    private final Journal journal;
    private final Database server;
    private final RestoreRequest request;
    private final Run run;

    public Restore(Repository repository, Journal journal, Database server, RestoreRequest request, Run run) {
        this.repository = repository;
        this.journal = journal;
        this.server = server;
        this.request = request;
        this.run = run;
    }

    /** Restores; when this returns, the database is there and equal. */
    public RestoreReport execute() {
        var subject = new RestoreRecord.Subject(request.backup(), request.newName(), "new", request.by());
        var record = new RestoreRecord(journal, subject, run);
        record.begin(request.holder());
        RestoreReport report;
        try {
            report = restore();
        } catch (RuntimeException e) {
            RuntimeException reason = run.reason(e);
            record.failed(reason, new JsonObject());
            throw reason;
        }
        run.closingStep(RestoreStep.JOURNAL);
        record.passed(report.rows(), new JsonObject());
        run.closingStep(RestoreStep.DONE);
        return report;
    }

    private RestoreReport restore() {
        run.step(RestoreStep.MANIFEST);
        Manifest manifest = Manifest.read(repository, request.backup());
        run.step(RestoreStep.PREFLIGHT);
        var order = new RestoreOrder(
                request.newName(),
                manifest.head().database(),
                manifest.relations().stream().map(RelationEntry::relation).toList(),
                manifest::piece,
                request.owners());
        Restoration restoration = server.restoreInto(run, order);
        return Filling.orRemove(restoration, run, () -> fill(restoration, manifest));
    }

    private RestoreReport fill(Restoration restoration, Manifest manifest) {
        List<RestoreReport.Restored> tables = new Filling(restoration, manifest, run, request.jobs()).fillAndCheck();
        run.step(RestoreStep.PUBLISH);
        restoration.publish();
        return new RestoreReport(
                request.backup(), request.newName(), tables, Duration.between(run.started(), run.now()));
    }
}
