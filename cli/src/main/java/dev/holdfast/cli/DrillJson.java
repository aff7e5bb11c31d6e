package dev.holdfast.cli;

import dev.holdfast.drill.DrillCheck;
import dev.holdfast.drill.DrillReport;
import dev.holdfast.json.JsonObject;
import dev.holdfast.run.Verdict;

/** What a drill showed, for programs. */
final class DrillJson {
    private DrillJson() {}

    static JsonObject of(DrillReport report) {
        var json = new JsonObject().put("subject", report.subject().name());
        report.subject()
                .backup()
                .ifPresent(backup -> json.put("source", backup.source().value())
                        .put("id", backup.id().toString()));
        var facts = new JsonObject();
        report.subject().facts().forEach((label, value) -> facts.put(label.replace(' ', '_'), value));
        return json.put("facts", facts)
                .put("verdict", report.verdict().word())
                .put("at", report.at().toString())
                .put("sandbox", report.sandbox().orElse(null))
                .put("prepared", report.prepared())
                .put("total", (long) report.checks().size())
                .put("passed", report.count(Verdict.PASS))
                .put("failed", report.count(Verdict.FAIL))
                .put("undone", report.count(Verdict.UNDETERMINED))
                .put("checks", report.checks().stream().map(DrillCheck::json).toList())
                .put(
                        "restore_seconds",
                        report.restored().map(took -> took.toMillis() / 1000.0).orElse(null))
                .put("seconds", report.took().toMillis() / 1000.0);
    }
}
