package dev.holdfast.restore;

import dev.holdfast.backup.TallyHash;
import dev.holdfast.engine.Database;
import dev.holdfast.engine.Reading;
import dev.holdfast.engine.Relation;
import dev.holdfast.engine.Restoration;
import dev.holdfast.engine.RestoreOrder;
import dev.holdfast.engine.Sweep;
import dev.holdfast.error.Aftermath;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.journal.Journal;
import dev.holdfast.repository.Manifest;
import dev.holdfast.repository.RelationEntry;
import dev.holdfast.repository.Repository;
import dev.holdfast.repository.Tally;
import dev.holdfast.run.Progress;
import dev.holdfast.run.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Brings a backup back as a new database. The database has its name only when every relation was read again and is equal to the backup;
 * until then any failure removes what was made. Used once.
 */
public final class Restore {
    private final Repository repository;
    private final Journal journal;
    private final Database server;
    private final RestoreRequest request;
    private final Run run;

    public Restore(Repository repository, Journal journal, Database server, RestoreRequest request, Run run) {
        this.repository = repository;
        this.journal = journal;
        this.server = server;
        this.request = request;
        this.run = run;
    }

    /** Restores; when this returns, the database is there and equal. */
    public RestoreReport execute() {
        var record = new RestoreRecord(journal, request, run);
        record.begin();
        RestoreReport report;
        try {
            report = restore();
        } catch (RuntimeException e) {
            RuntimeException reason = run.reason(e);
            record.write(Optional.empty(), String.valueOf(reason.getMessage()));
            throw reason;
        }
        run.closingStep(RestoreStep.JOURNAL);
        record.write(Optional.of(report), "");
        run.closingStep(RestoreStep.DONE);
        return report;
    }

    private RestoreReport restore() {
        run.step(RestoreStep.MANIFEST);
        Manifest manifest = Manifest.read(repository, request.backup());
        run.step(RestoreStep.PREFLIGHT);
        var order = new RestoreOrder(
                request.newName(),
                manifest.head().database(),
                manifest.relations().stream().map(RelationEntry::relation).toList(),
                manifest::piece,
                request.owners());
        Restoration restoration = server.restoreInto(run, order);
        RestoreReport report;
        try {
            report = fill(restoration, manifest);
        } catch (RuntimeException e) {
            throw removed(restoration, run.reason(e));
        } catch (Error e) {
            throw removed(restoration, e);
        }
        restoration.close();
        return report;
    }

    private RestoreReport fill(Restoration restoration, Manifest manifest) {
        run.step(RestoreStep.CREATE);
        restoration.create();
        run.step(RestoreStep.PREPARE);
        restoration.prepare();
        run.step(RestoreStep.ROWS);
        new RowLoading(restoration, manifest, run, request.jobs()).loadAll();
        run.step(RestoreStep.COMPLETE);
        restoration.complete(request.jobs());
        run.step(RestoreStep.CHECK);
        List<RestoreReport.Restored> tables = check(restoration, manifest);
        run.step(RestoreStep.PUBLISH);
        restoration.publish();
        return new RestoreReport(
                request.backup(), request.newName(), tables, Duration.between(run.started(), run.now()));
    }

    private static RuntimeException removed(Restoration restoration, Throwable failure) {
        HoldfastException error = failure instanceof HoldfastException known
                ? known
                : new HoldfastException(ErrorCode.INTERNAL, "unforeseen: " + failure, failure);
        boolean made = restoration.isMade();
        try {
            restoration.close();
            return made ? error.withAftermath(Aftermath.PUT_BACK) : error;
        } catch (RuntimeException e) {
            String advice =
                    e instanceof HoldfastException known ? ". " + known.hint().orElse("") : "";
            HoldfastException both = error.withAftermath(Aftermath.NOT_PUT_BACK).withHint(e.getMessage() + advice);
            both.addSuppressed(e);
            return both;
        }
    }

    /** Reads every relation again; a single one that is not what the backup says fails the restore. */
    private List<RestoreReport.Restored> check(Restoration restoration, Manifest manifest) {
        Map<String, Tally> found = new ConcurrentHashMap<>();
        try (Reading reading = restoration.reread(request.jobs())) {
            for (Relation relation : reading.relations()) {
                found.put(relation.name(), Tally.ZERO);
            }
            var rows = new AtomicLong();
            long total = Math.max(1, manifest.head().contents().totals().rows());
            new Sweep(reading, 1).run(() -> {
                var hash = new TallyHash();
                return (reader, tasks) -> {
                    run.checkInterrupted();
                    Sweep.Task task = tasks.get(0);
                    Relation read = reading.relations().get(task.relation());
                    if (!reader.read(read, read.ranges().get(task.range()), hash)) {
                        return tasks;
                    }
                    Tally tally = hash.take();
                    found.merge(read.name(), tally, Tally::plus);
                    long now = rows.addAndGet(tally.count());
                    run.progress(new Progress(now, 0, Math.min(1.0, (double) now / total)));
                    return List.of();
                };
            });
        }
        List<RestoreReport.Restored> tables = new ArrayList<>();
        List<String> unequal = new ArrayList<>();
        for (RelationEntry relation : manifest.relations()) {
            Tally tally = found.remove(relation.name());
            if (!relation.tally().equals(tally)) {
                unequal.add(relation.name() + " (" + describe(relation.tally(), Optional.ofNullable(tally)) + ")");
            }
            tables.add(
                    new RestoreReport.Restored(relation.name(), relation.tally().count()));
        }
        if (!unequal.isEmpty()) {
            throw new HoldfastException(
                            ErrorCode.NOT_EQUAL, "tables are not equal to the backup: " + String.join(", ", unequal))
                    .withHint("holdfast verify " + request.backup() + " says whether the backup is whole");
        }
        if (!found.isEmpty()) {
            throw new HoldfastException(
                    ErrorCode.NOT_EQUAL, "the restored database has tables that the backup has not: " + found.keySet());
        }
        tables.sort(Comparator.comparing(RestoreReport.Restored::name));
        return tables;
    }

    private static String describe(Tally wanted, Optional<Tally> found) {
        return found.map(tally -> tally.count() == wanted.count()
                        ? "both have " + wanted.count() + " rows, but not the same"
                        : "it has " + tally.count() + " rows instead of " + wanted.count())
                .orElse("it is not there");
    }
}
