package dev.holdfast.restore;

import dev.holdfast.error.HoldfastException;
import dev.holdfast.journal.Journal;
import dev.holdfast.journal.JournalName;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.Repository;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Severity;
import dev.holdfast.run.Verdict;
import java.util.Optional;

/** The journal record of a restore. A journal that cannot be written does not undo what happened: it is a finding. */
final class RestoreRecord {
    private final Repository repository;
    private final RestoreRequest request;
    private final Run run;

    RestoreRecord(Repository repository, RestoreRequest request, Run run) {
        this.repository = repository;
        this.request = request;
        this.run = run;
    }

    void write(Optional<RestoreReport> report, String failure) {
        Verdict verdict = report.isPresent() ? Verdict.PASS : Verdict.FAIL;
        var record = new JsonObject()
                .put("kind", "restore")
                .put("source", request.backup().source().value())
                .put("backup", request.backup().id().toString())
                .put("into", request.newName())
                .put("started", run.started().toString())
                .put("ended", run.now().toString())
                .put("verdict", verdict.word())
                .put("by", request.by())
                .put("failure", failure.isEmpty() ? null : failure)
                .put("rows", report.map(RestoreReport::rows).orElse(null));
        var name = new JournalName(
                request.backup().source(),
                run.now(),
                "restore",
                Optional.of(request.backup().id()),
                verdict,
                run.id());
        try {
            new Journal(repository.store()).end(name, record);
        } catch (HoldfastException e) {
            run.finding(new Finding(
                    Severity.WARNING, "no_journal", "journal", "this run is not in the journal: " + e.getMessage()));
        }
    }
}
