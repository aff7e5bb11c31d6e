package dev.holdfast.compare;

import dev.holdfast.engine.BackupText;
import dev.holdfast.engine.Fingerprint;
import dev.holdfast.engine.Part;
import dev.holdfast.engine.RangeReader;
import dev.holdfast.engine.Reading;
import dev.holdfast.engine.Relation;
import dev.holdfast.engine.Sweep;
import dev.holdfast.repository.Manifest;
import dev.holdfast.repository.RangeEntry;
import dev.holdfast.repository.RelationEntry;
import dev.holdfast.run.Progress;
import dev.holdfast.run.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;

/** Compares the rows of a backup with those of another side, relation by relation, and reads no range that is known to be equal. Used once. */
final class RowComparison {
    private final Reading other;
    private final int samples;
    private final Run run;
    private final SpillFolder folder = new SpillFolder();
    private final List<Pair> pairs = new ArrayList<>();
    private final Map<Pair, Settlement> settled = new ConcurrentHashMap<>();
    private final AtomicLong keptBytes = new AtomicLong();

    /** A relation of the other side with what came of it. */
    record Settled(Pair pair, Settlement settlement) {}

    /**
     * @param wanted the names of those that are compared
     * @param mark what stands in the backup for a range's fingerprint
     * @param samples how many rows that differ are kept of each relation, to be shown
     */
    RowComparison(
            Manifest backup,
            Reading other,
            BackupText text,
            Predicate<String> wanted,
            Function<RangeEntry, Optional<String>> mark,
            int samples,
            Run run) {
        this.other = other;
        this.samples = samples;
        this.run = run;
        for (Relation relation : other.relations()) {
            if (wanted.test(relation.name())) {
                Optional<RelationEntry> fellow =
                        Optional.ofNullable(backup.byName().get(relation.name()));
                pairs.add(new Pair(fellow, relation, text, backup.chunks(), folder, mark));
            }
        }
    }

    /** Compares; every relation of the other side that is wanted comes back once. */
    List<Settled> settle() {
        try (folder) {
            sweep();
        }
        return pairs.stream()
                .map(pair -> new Settled(pair, Objects.requireNonNull(settled.get(pair))))
                .toList();
    }

    /** How many bytes of the backup's rows were known to be equal. */
    long keptBytes() {
        return keptBytes.get();
    }

    private void sweep() {
        List<Relation> relations = pairs.stream().map(Pair::other).toList();
        long total = Math.max(
                1,
                relations.stream()
                        .mapToLong(relation -> relation.ranges().size())
                        .sum());
        var visited = new AtomicLong();
        new Sweep(relations, other.readers(), other.askedAtOnce()).run(() -> (reader, tasks) -> {
            run.checkInterrupted();
            Map<Sweep.Task, Optional<Fingerprint>> now = fingerprints(reader, tasks);
            List<Sweep.Task> outOfReach = new ArrayList<>();
            for (Sweep.Task task : tasks) {
                run.checkInterrupted();
                if (look(reader, pairs.get(task.relation()), task.range(), now.getOrDefault(task, Optional.empty()))) {
                    run.progress(new Progress(0, 0, (double) visited.incrementAndGet() / total));
                } else {
                    outOfReach.add(task);
                }
            }
            return outOfReach;
        });
    }

    /** Of those ranges that the backup could have, too. */
    private Map<Sweep.Task, Optional<Fingerprint>> fingerprints(RangeReader reader, List<Sweep.Task> tasks) {
        List<Sweep.Task> comparable = tasks.stream()
                .filter(task -> pairs.get(task.relation()).isComparable())
                .toList();
        List<Part> parts = comparable.stream()
                .map(task -> pairs.get(task.relation()).other().part(task.range()))
                .toList();
        List<Optional<Fingerprint>> found = reader.fingerprints(parts);
        Map<Sweep.Task, Optional<Fingerprint>> byTask = new HashMap<>();
        for (int i = 0; i < found.size(); i++) {
            byTask.put(comparable.get(i), found.get(i));
        }
        return byTask;
    }

    /** Looks at one range; false when the reader cannot get at it. */
    private boolean look(RangeReader reader, Pair pair, int range, Optional<Fingerprint> now) {
        Optional<RangeEntry> same = pair.unchanged(range, now);
        if (same.isPresent()) {
            pair.keep(same.get());
            keptBytes.addAndGet(same.get().bytes());
        } else if (!pair.read(reader, range, now)) {
            return false;
        }
        if (pair.done()) {
            settled.put(pair, pair.settle(samples, run));
        }
        return true;
    }
}
