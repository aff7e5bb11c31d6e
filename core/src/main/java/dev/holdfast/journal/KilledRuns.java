package dev.holdfast.journal;

import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.Holder;
import dev.holdfast.repository.SourceName;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.RunId;
import dev.holdfast.run.Severity;
import dev.holdfast.run.Verdict;

/** Tells of runs that were killed: their notes say that they have begun, and their processes are gone. */
final class KilledRuns {
    private final Journal journal;
    private final Run teller;
    private final Holder holder;

    /**
     * @param teller the run that tells of them, and its process
     */
    KilledRuns(Journal journal, Run teller, Holder holder) {
        this.journal = journal;
        this.teller = teller;
        this.holder = holder;
    }

    /** Each killed run is told once: then it has a record, undetermined since nobody saw its end. */
    void tell(String kind, SourceName source) {
        journal.open().stream().filter(run -> !run.equals(teller.id())).forEach(run -> tellIfKilled(run, kind, source));
    }

    private void tellIfKilled(RunId run, String kind, SourceName source) {
        try {
            JsonObject note = journal.note(run);
            if (note.string("kind").equals(kind)
                    && note.string("source").equals(source.value())
                    && holder.hasOutlived(Holder.of(note))) {
                tell(run, kind, source, note);
            }
        } catch (HoldfastException | JsonException e) {
            return; // it has just ended, verify says that its note is damaged, or the next run tells of it again
        }
    }

    private void tell(RunId run, String kind, SourceName source, JsonObject note) {
        if (journal.of(source).stream().anyMatch(record -> record.run().equals(run))) {
            return; // it ended where notes cannot be deleted
        }
        String words = "the " + kind + " of source " + source + " that began at " + note.string("started")
                + " was killed: its process " + note.count("pid") + " is gone";
        teller.finding(new Finding(Severity.WARNING, "killed_run", run.hex(), words));
        var record = new JsonObject()
                .put("kind", kind)
                .put("source", source.value())
                .put("backup", note.optionalString("backup").orElse(null))
                .putIfPresent("into", note.optionalString("into"))
                .putIfPresent("command", note.optionalString("command"))
                .put("started", note.string("started"))
                .put("ended", teller.now().toString())
                .put("verdict", Verdict.UNDETERMINED.word())
                .put("killed", true)
                .put("host", holder.host())
                .put("pid", note.count("pid"))
                .put("failure", words);
        String subject = note.optionalString("backup").orElse(JournalName.NONE);
        journal.write(new JournalName(source, teller.now(), kind, subject, Verdict.UNDETERMINED, run), record);
    }
}
