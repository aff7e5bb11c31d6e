package dev.holdfast.restore;

import dev.holdfast.backup.TallyHash;
import dev.holdfast.engine.Reading;
import dev.holdfast.engine.Relation;
import dev.holdfast.engine.Restoration;
import dev.holdfast.engine.Sweep;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.repository.Manifest;
import dev.holdfast.repository.RelationEntry;
import dev.holdfast.repository.Tally;
import dev.holdfast.run.Progress;
import dev.holdfast.run.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Shows that a restored database has the rows of its backup: count and content digest of every relation. */
final class EqualRows {
    private final Restoration restoration;
    private final Manifest manifest;
    private final Run run;

    EqualRows(Restoration restoration, Manifest manifest, Run run) {
        this.restoration = restoration;
        this.manifest = manifest;
        this.run = run;
    }

    /** Reads every relation again; a single one that is not what the backup says fails the restore. */
    List<RestoreReport.Restored> check(int jobs) {
        Map<String, Tally> found = new ConcurrentHashMap<>();
        try (Reading reading = restoration.reread(jobs)) {
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
                    .withHint("holdfast verify " + manifest.head().name() + " says whether the backup is whole");
        }
        if (!found.isEmpty()) {
            throw new HoldfastException(
                    ErrorCode.NOT_EQUAL, "the restored database has tables that the backup has not: " + found.keySet());
        }
        tables.sort(Comparator.comparing(RestoreReport.Restored::name));
        return tables;
    }

    /** In what a relation is not as it is wanted. */
    static String describe(Tally wanted, Optional<Tally> found) {
        return found.map(tally -> tally.count() == wanted.count()
                        ? "both have " + wanted.count() + " rows, but not the same"
                        : "it has " + tally.count() + " rows instead of " + wanted.count())
                .orElse("it is not there");
    }
}
