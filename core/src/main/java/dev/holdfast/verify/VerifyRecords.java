package dev.holdfast.verify;

import dev.holdfast.journal.Journal;
import dev.holdfast.journal.JournalName;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.SourceName;
import dev.holdfast.run.Run;
import dev.holdfast.run.Verdict;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The journal records of a verification: one for a source whose backups all passed, else one for each backup. */
final class VerifyRecords {
    private final Journal journal;
    private final Run run;
    private final JsonObject by;

    VerifyRecords(Journal journal, Run run, JsonObject by) {
        this.journal = journal;
        this.run = run;
        this.by = by;
    }

    void writeAll(VerifyReport report) {
        run.closingStep(VerifyStep.JOURNAL);
        Map<SourceName, List<BackupVerdict>> bySource = report.backups().stream()
                .collect(
                        Collectors.groupingBy(verdict -> verdict.backup().source(), TreeMap::new, Collectors.toList()));
        bySource.forEach((source, verdicts) -> {
            if (verdicts.stream().allMatch(verdict -> verdict.verdict() == Verdict.PASS)) {
                write(source, JournalName.ALL, Verdict.PASS, List.of());
            } else {
                verdicts.forEach(this::write);
            }
        });
    }

    void writeEach(List<BackupVerdict> verdicts) {
        run.closingStep(VerifyStep.JOURNAL);
        verdicts.forEach(this::write);
    }

    private void write(BackupVerdict verdict) {
        write(verdict.backup().source(), verdict.backup().id().toString(), verdict.verdict(), verdict.reasons());
    }

    private void write(SourceName source, String subject, Verdict verdict, List<String> reasons) {
        var record = new JsonObject()
                .put("kind", "verify")
                .put("source", source.value())
                .put("backup", subject)
                .put("started", run.started().toString())
                .put("ended", run.now().toString())
                .put("verdict", verdict.word())
                .put("by", by)
                .put("reasons", reasons);
        journal.end(run, new JournalName(source, run.now(), "verify", subject, verdict, run.id()), record);
    }
}
