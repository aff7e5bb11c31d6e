package dev.holdfast.drill;

import dev.holdfast.error.HoldfastException;
import dev.holdfast.journal.Journal;
import dev.holdfast.journal.JournalName;
import dev.holdfast.json.JsonObject;
import dev.holdfast.run.Run;
import dev.holdfast.run.Verdict;

/** The journal record of a drill. */
final class DrillRecord {
    private final Journal journal;
    private final DrillRequest request;
    private final Run run;

    DrillRecord(Journal journal, DrillRequest request, Run run) {
        this.journal = journal;
        this.request = request;
        this.run = run;
    }

    /** A note that it is under way; a repository that cannot be written to does without. */
    void begin() {
        try {
            journal.begin(run, request.holder(), facts());
        } catch (HoldfastException e) {
            return; // the record at the end says where it went
        }
    }

    private JsonObject facts() {
        return new JsonObject()
                .put("kind", "drill")
                .put("source", request.backup().source().value())
                .put("backup", request.backup().id().toString());
    }

    void end(DrillReport report) {
        write(
                report.verdict(),
                facts().put("sandbox", report.sandbox().orElse(null))
                        .put(
                                "restore_seconds",
                                report.restored()
                                        .map(took -> took.toMillis() / 1000.0)
                                        .orElse(null))
                        .put(
                                "checks",
                                report.checks().stream().map(DrillCheck::json).toList()));
    }

    void failed(RuntimeException failure) {
        write(Verdict.UNDETERMINED, facts().put("failure", String.valueOf(failure.getMessage())));
    }

    private void write(Verdict verdict, JsonObject record) {
        record.put("started", run.started().toString())
                .put("ended", run.now().toString())
                .put("verdict", verdict.word())
                .put("by", request.by());
        String id = request.backup().id().toString();
        journal.end(run, new JournalName(request.backup().source(), run.now(), "drill", id, verdict, run.id()), record);
    }
}
