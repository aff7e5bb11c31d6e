package dev.holdfast.restore;

import dev.holdfast.error.HoldfastException;
import dev.holdfast.journal.Journal;
import dev.holdfast.journal.JournalName;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupName;
import dev.holdfast.run.Run;
import dev.holdfast.run.Verdict;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The journal record of a restore in place. */
final class InPlaceRecord {
    private final Journal journal;
    private final InPlaceRequest request;
    private final Run run;
    private @Nullable BackupName safety;

    InPlaceRecord(Journal journal, InPlaceRequest request, Run run) {
        this.journal = journal;
        this.request = request;
        this.run = run;
    }

    /** A note that the run is under way; a repository that takes none will not take the safety backup either. */
    void begin() {
        try {
            journal.begin(run, request.safety().holder(), facts());
        } catch (HoldfastException e) {
            throw e.during("nothing was changed");
        }
    }

    /** Notes where every row is that was there before. */
    void safety(BackupName name) {
        safety = name;
    }

    private JsonObject facts() {
        return new JsonObject()
                .put("kind", "restore")
                .put("way", "in_place")
                .put("source", request.backup().source().value())
                .put("backup", request.backup().id().toString());
    }

    void write(Optional<InPlaceReport> report, String failure) {
        Verdict verdict = report.isPresent() ? Verdict.PASS : Verdict.FAIL;
        JsonObject record = facts().put("started", run.started().toString())
                .put("ended", run.now().toString())
                .put("verdict", verdict.word())
                .put("by", request.safety().notes().by())
                .put("failure", failure.isEmpty() ? null : failure)
                .put("safety", safety == null ? null : safety.id().toString());
        report.ifPresent(done -> record.put(
                        "tables",
                        done.tables().stream().map(InPlaceRecord::json).toList())
                .put("blocked_seconds", done.blocked().toMillis() / 1000.0));
        String subject = request.backup().id().toString();
        var name = new JournalName(request.backup().source(), run.now(), "restore", subject, verdict, run.id());
        journal.end(run, name, record);
    }

    private static JsonObject json(InPlaceReport.Replaced table) {
        return new JsonObject()
                .put("name", table.name())
                .put("rows_before", table.before())
                .put("rows_after", table.after())
                .put("inserted", table.inserted())
                .put("updated", table.updated())
                .put("deleted", table.deleted());
    }
}
