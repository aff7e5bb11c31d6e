package dev.holdfast.guard;

import dev.holdfast.compare.TableDifference;
import dev.holdfast.journal.Journal;
import dev.holdfast.journal.JournalName;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.Holder;
import dev.holdfast.run.Run;
import dev.holdfast.run.Verdict;
import java.util.Optional;

/** The journal record of a guard: open from before the command to after the decision. */
final class GuardRecord {
    private final Journal journal;
    private final BackupName backup;
    private final String command;
    private final JsonObject by;
    private final Run run;

    GuardRecord(Journal journal, BackupName backup, String command, JsonObject by, Run run) {
        this.journal = journal;
        this.backup = backup;
        this.command = command;
        this.by = by;
        this.run = run;
    }

    /** Without the note no command is run: nobody would know of a guard that is killed. */
    void begin(Holder holder) {
        journal.begin(run, holder, facts());
    }

    private JsonObject facts() {
        return new JsonObject()
                .put("kind", "guard")
                .put("source", backup.source().value())
                .put("backup", backup.id().toString())
                .put("command", command);
    }

    void end(GuardReport report) {
        boolean unknown = report.taken().filter(GuardReport.TakenBack::unknown).isPresent();
        Verdict verdict = unknown ? Verdict.UNDETERMINED : report.verdict();
        JsonObject record = facts().put("started", run.started().toString())
                .put("ended", run.now().toString())
                .put("verdict", verdict.word())
                .put("by", by)
                .put("command_exit", report.ended().exit())
                .put("command_seconds", report.ended().took().toMillis() / 1000.0)
                .put("failure", failure(report).orElse(null))
                .put("changed", !report.isUntouched())
                .put("taken_back", report.isTakenBack());
        report.judgment()
                .changes()
                .ifPresent(changes -> record.put(
                        "tables",
                        changes.differences().tables().stream()
                                .filter(table -> !table.isSame())
                                .map(GuardRecord::json)
                                .toList()));
        journal.end(
                run,
                new JournalName(backup.source(), run.now(), "guard", backup.id().toString(), verdict, run.id()),
                record);
    }

    private static Optional<String> failure(GuardReport report) {
        if (!report.isEndedWell()) {
            return Optional.of("the command ended with " + report.ended().exit());
        }
        return report.failedChecks().stream()
                .map(check -> check.what() + ": " + check.doubts().orElse(""))
                .findFirst()
                .or(() -> report.judgment().trouble().stream().findFirst());
    }

    private static JsonObject json(TableDifference table) {
        return new JsonObject()
                .put("name", table.name())
                .put("inserted", table.inserted())
                .put("deleted", table.deleted())
                .put("changed", table.changed());
    }
}
