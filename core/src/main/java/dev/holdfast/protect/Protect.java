package dev.holdfast.protect;

import dev.holdfast.engine.Database;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.journal.Journal;
import dev.holdfast.journal.JournalName;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.Repository;
import dev.holdfast.repository.SourceName;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Severity;
import dev.holdfast.run.Verdict;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sets a database's marker, or removes it, and writes that into the journal where there is a repository. Used once. */
public final class Protect {
    private final Supplier<Optional<Repository>> repository;
    private final Journal journal;
    private final Database database;
    private final Run run;

    /**
     * @param repository opens the one whose journal is to have a record, if there is one
     */
    public Protect(Supplier<Optional<Repository>> repository, Journal journal, Database database, Run run) {
        this.repository = repository;
        this.journal = journal;
        this.database = database;
        this.run = run;
    }

    /** Whether it is protected; changes nothing. */
    public static ProtectReport look(Database database) {
        boolean on = database.protection().isOn();
        return new ProtectReport(database.name(), database.address(), on, on);
    }

    /** Does it, unless it is so already. */
    public ProtectReport execute(ProtectRequest request) {
        ProtectReport before = look(database);
        if (before.now() == request.on()) {
            return before;
        }
        run.step(ProtectStep.MARKER);
        try {
            database.protection().set(request.on());
        } catch (HoldfastException e) {
            record(request, e.getMessage());
            throw e;
        }
        record(request, null);
        run.closingStep(ProtectStep.DONE);
        return new ProtectReport(database.name(), database.address(), before.now(), request.on());
    }

    /** What was done stands, whatever becomes of its record. */
    private void record(ProtectRequest request, @Nullable String failure) {
        run.closingStep(ProtectStep.JOURNAL);
        try {
            repository
                    .get()
                    .ifPresent(
                            there -> write(there.sources().of(database.name(), database.identity()), request, failure));
        } catch (HoldfastException e) {
            String words = "this run is not in the journal: " + e.getMessage();
            run.finding(new Finding(Severity.WARNING, "no_journal", "journal", words));
        }
    }

    private void write(SourceName source, ProtectRequest request, @Nullable String failure) {
        Verdict verdict = failure == null ? Verdict.PASS : Verdict.FAIL;
        var record = new JsonObject()
                .put("kind", request.kind())
                .put("source", source.value())
                .put("database", database.name())
                .put("started", run.started().toString())
                .put("ended", run.now().toString())
                .put("verdict", verdict.word())
                .put("by", request.by())
                .put("failure", failure);
        var name = new JournalName(source, run.now(), request.kind(), JournalName.NONE, verdict, run.id());
        journal.end(run, name, record);
    }
}
