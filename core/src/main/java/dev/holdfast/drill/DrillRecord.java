package dev.holdfast.drill;

import dev.holdfast.error.HoldfastException;
import dev.holdfast.journal.Journal;
import dev.holdfast.journal.JournalName;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.Holder;
import dev.holdfast.repository.SourceName;
import dev.holdfast.run.Run;
import dev.holdfast.run.Verdict;
import java.util.Optional;

/** The journal record of a drill. */
final class DrillRecord {
    /** The source under which drills of files are on record: what a file is a dump of, nobody knows before it was read. */
    private static final SourceName OF_FILES = new SourceName("dumps");

    private final Optional<Journal> journal;
    private final About about;
    private final Run run;

    /**
     * @param journal empty where there is no repository
     */
    DrillRecord(Optional<Journal> journal, About about, Run run) {
        this.journal = journal;
        this.about = about;
        this.run = run;
    }

    /**
     * What is drilled, and for whom.
     *
     * @param subject as {@link JournalName#subject}
     * @param facts that name it
     */
    record About(SourceName source, String subject, JsonObject facts, JsonObject by, Holder holder) {
        static About of(DrillRequest request) {
            String id = request.backup().id().toString();
            return new About(
                    request.backup().source(), id, new JsonObject().put("backup", id), request.by(), request.holder());
        }

        static About of(FileDrillRequest request) {
            return new About(
                    OF_FILES,
                    JournalName.NONE,
                    new JsonObject().put("file", request.file().toString()),
                    request.by(),
                    request.holder());
        }
    }

    /** A note that it is under way; a repository that cannot be written to does without. */
    void begin() {
        try {
            journal.ifPresent(known -> known.begin(run, about.holder(), facts()));
        } catch (HoldfastException e) {
            return; // the record at the end says where it went
        }
    }

    private JsonObject facts() {
        var facts = new JsonObject()
                .put("kind", "drill")
                .put("source", about.source().value());
        about.facts().members().forEach(facts::put);
        return facts;
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
                .put("by", about.by());
        var name = new JournalName(about.source(), run.now(), "drill", about.subject(), verdict, run.id());
        journal.ifPresent(known -> known.end(run, name, record));
    }
}
