package dev.holdfast.cli;

import dev.holdfast.error.HoldfastException;
import dev.holdfast.guard.Changes;
import dev.holdfast.guard.GuardReport;
import dev.holdfast.guard.GuardReport.TakenBack;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupName;
import dev.holdfast.run.Verdict;

/** What came of a guarded command, for programs. */
final class GuardJson {
    private GuardJson() {}

    static JsonObject of(GuardReport report, int exit) {
        GuardReport.Guarded guarded = report.guarded();
        var json = new JsonObject()
                .put("schema_version", Context.SCHEMA_VERSION)
                .put("run", guarded.run().hex())
                .put("source", guarded.backup().source().value())
                .put("backup", guarded.backup().id().toString())
                .put("database", guarded.database())
                .put("command", guarded.command())
                .put("command_exit", report.ended().exit())
                .put("command_seconds", report.ended().took().toMillis() / 1000.0)
                .put("left_running", report.ended().leftRunning())
                .put("verdict", report.verdict().word())
                .put("exit", exit)
                .put(
                        "checks",
                        report.judgment().checks().stream().map(GuardJson::json).toList())
                .put("changes", report.judgment().changes().map(GuardJson::json).orElse(null))
                .put("still_at_work", report.judgment().atWork())
                .put("trouble", report.judgment().trouble())
                .put("taken_back", report.isTakenBack());
        report.taken().ifPresent(taken -> json.put("taking_back", json(taken)));
        return json.put("backup_after", report.after().map(BackupName::toString).orElse(null))
                .put("rollback", report.isTakenBack() || report.isUntouched() ? null : GuardWords.rollback(report))
                .put("seconds", report.took().toMillis() / 1000.0);
    }

    private static JsonObject json(GuardReport.Check check) {
        return new JsonObject()
                .put("check", check.what())
                .put("asked", check.isAsked())
                .put("passed", check.doubts().isEmpty())
                .put("doubts", check.doubts().orElse(null));
    }

    private static JsonObject json(Changes changes) {
        return CompareWords.json(changes.differences())
                .put("untouched", changes.isUntouched())
                .put("other_sessions", changes.others().orElse(null))
                .put(
                        "links",
                        changes.differences().tables().stream()
                                .flatMap(table -> changes.causes(table).stream())
                                .map(link -> new JsonObject()
                                        .put("from", link.from())
                                        .put("to", link.to())
                                        .put("how", link.how()))
                                .toList());
    }

    private static JsonObject json(TakenBack taken) {
        return new JsonObject()
                .put("done", taken.isDone())
                .put("how", taken.how())
                .put("safety_backup", taken.safety().map(BackupName::toString).orElse(null))
                .put("failure", taken.failure().orElse(null));
    }

    static JsonObject notRun(HoldfastException error, int exit) {
        return failed("not_run", error, exit);
    }

    /** The command was run, and nobody has seen what came of it. */
    static JsonObject unknown(HoldfastException error, int exit) {
        return failed(Verdict.UNDETERMINED.word(), error, exit);
    }

    private static JsonObject failed(String verdict, HoldfastException error, int exit) {
        return new JsonObject()
                .put("schema_version", Context.SCHEMA_VERSION)
                .put("verdict", verdict)
                .put("exit", exit)
                .put("error", ErrorWords.json(error));
    }
}
