package dev.holdfast.restore;

import dev.holdfast.error.HoldfastException;
import dev.holdfast.journal.Journal;
import dev.holdfast.journal.JournalName;
import dev.holdfast.json.JsonObject;
import dev.holdfast.run.Run;
import dev.holdfast.run.Verdict;
import java.util.Optional;

/** The journal record of a restore. */
final class RestoreRecord {
    private final Journal journal;
    private final RestoreRequest request;
    private final Run run;

    RestoreRecord(Journal journal, RestoreRequest request, Run run) {
        this.journal = journal;
        this.request = request;
        this.run = run;
    }

    /** A note that the run is under way; a repository that cannot be written to does without. */
    void begin() {
        var note = new JsonObject()
                .put("kind", "restore")
                .put("source", request.backup().source().value())
                .put("backup", request.backup().id().toString())
                .put("into", request.newName());
        try {
            journal.begin(run, request.holder(), note);
        } catch (HoldfastException e) {
            return; // the record at the end says where it went
        }
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
        String subject = request.backup().id().toString();
        var name = new JournalName(request.backup().source(), run.now(), "restore", subject, verdict, run.id());
        journal.end(run, name, record);
    }
}
