package dev.holdfast.restore;

import dev.holdfast.error.Aftermath;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.journal.Journal;
import dev.holdfast.journal.JournalName;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.Holder;
import dev.holdfast.repository.SourceName;
import dev.holdfast.run.Run;
import dev.holdfast.run.Verdict;
import java.util.Optional;
import java.util.OptionalLong;

/** The journal record of a restore, whichever way it went. */
final class RestoreRecord {
    private final Journal journal;
    private final Subject subject;
    private final Run run;
    private Optional<Holder> holder = Optional.empty();

    /**
     * What was to be restored.
     *
     * @param into the database's name
     * @param way how: new, in_place, onto or swap, as it stands in the record
     * @param by who asked
     */
    record Subject(BackupName backup, String into, String way, JsonObject by) {}

    RestoreRecord(Journal journal, Subject subject, Run run) {
        this.journal = journal;
        this.subject = subject;
        this.run = run;
    }

    /** A note that the run is under way; a repository that cannot be written to does without. */
    void begin(Holder process) {
        holder = Optional.of(process);
        try {
            journal.begin(run, process, facts());
        } catch (HoldfastException e) {
            return; // the record at the end says where it went
        }
    }

    private JsonObject facts() {
        return new JsonObject()
                .put("kind", "restore")
                .put("source", subject.backup.source().value())
                .put("backup", subject.backup.id().toString())
                .put("into", subject.into)
                .put("way", subject.way);
    }

    /**
     * The database is there.
     *
     * @param more what else is to be on record
     */
    void passed(long rows, JsonObject more) {
        passed(rows, more, subject.backup.source());
    }

    /**
     * A live database is as it was to be.
     *
     * @param changed the source that it is, which is not the backup's when it is another database
     */
    void passed(long rows, JsonObject more, SourceName changed) {
        if (!subject.way.equals("new")) {
            holder.ifPresent(process -> journal.settleKilledGuards(run, process, changed));
        }
        write(Verdict.PASS, "", OptionalLong.of(rows), more, changed);
    }

    void failed(RuntimeException failure, JsonObject more) {
        write(Verdict.FAIL, String.valueOf(failure.getMessage()), OptionalLong.empty(), more, subject.backup.source());
    }

    /** It failed on a live database. Where the server could not be asked any more how it ended, nobody knows yet. */
    void failedOnLive(RuntimeException failure, JsonObject more) {
        boolean unknown = failure instanceof HoldfastException known && known.aftermath() == Aftermath.NOT_PUT_BACK;
        write(
                unknown ? Verdict.UNDETERMINED : Verdict.FAIL,
                String.valueOf(failure.getMessage()),
                OptionalLong.empty(),
                more,
                subject.backup.source());
    }

    private void write(Verdict verdict, String failure, OptionalLong rows, JsonObject more, SourceName source) {
        JsonObject record = facts().put("started", run.started().toString())
                .put("ended", run.now().toString())
                .put("verdict", verdict.word())
                .put("by", subject.by)
                .put("failure", failure.isEmpty() ? null : failure)
                .put("rows", rows.isPresent() ? rows.getAsLong() : null);
        more.members().forEach(record::put);
        String id = subject.backup.id().toString();
        journal.end(run, new JournalName(source, run.now(), "restore", id, verdict, run.id()), record);
    }
}
