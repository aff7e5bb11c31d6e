package dev.holdfast.restore;

import dev.holdfast.backup.TallyHash;
import dev.holdfast.engine.Reading;
import dev.holdfast.engine.Relation;
import dev.holdfast.engine.Sweep;
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

/** Shows that a database has the rows of a backup: count and content digest of every relation. Used once. */
public final class EqualRows {
    private final Reading reading;
    private final Manifest manifest;
    private final Run run;

    /** A relation whose rows are not those of the backup, and in what, for people. */
    public record Unequal(String name, String how) {}

    /**
     * @param reading a moment of the database
     */
    public EqualRows(Reading reading, Manifest manifest, Run run) {
        this.reading = reading;
        this.manifest = manifest;
        this.run = run;
    }

    /** Reads every relation; those that are not what the backup says come back, by name. */
    public List<Unequal> unequal() {
        Map<String, Tally> found = tallies();
        List<Unequal> unequal = new ArrayList<>();
        for (RelationEntry relation : manifest.relations()) {
            Tally tally = found.remove(relation.name());
            if (!relation.tally().equals(tally)) {
                unequal.add(new Unequal(relation.name(), describe(relation.tally(), Optional.ofNullable(tally))));
            }
        }
        found.forEach((name, tally) -> unequal.add(new Unequal(name, "the backup does not have it")));
        unequal.sort(Comparator.comparing(Unequal::name));
        return unequal;
    }

    private Map<String, Tally> tallies() {
        Map<String, Tally> found = new ConcurrentHashMap<>();
        reading.relations().forEach(relation -> found.put(relation.name(), Tally.ZERO));
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
        return found;
    }

    /** In what a relation is not as it is wanted. */
    static String describe(Tally wanted, Optional<Tally> found) {
        return found.map(tally -> tally.count() == wanted.count()
                        ? "both have " + wanted.count() + " rows, but not the same"
                        : "it has " + tally.count() + " rows instead of " + wanted.count())
                .orElse("it is not there");
    }
}
