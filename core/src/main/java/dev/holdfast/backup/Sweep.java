package dev.holdfast.backup;

import dev.holdfast.engine.RangeReader;
import dev.holdfast.engine.Reading;
import dev.holdfast.engine.Relation;
import dev.holdfast.run.Workers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * Goes over every range of every relation of a moment, once, with all its readers at once. What only the lead can read, the lead reads at
 * the end. Used once.
 */
public final class Sweep {
    /** What is done with each range; each thread has its own. */
    @FunctionalInterface
    public interface Visitor {
        /** Reads one range; false when this reader cannot get at the relation. */
        boolean visit(RangeReader reader, int relation, int range);
    }

    private record Task(int relation, int range) {}

    private final List<Relation> relations;
    private final List<RangeReader> readers;
    private final Queue<Task> forTheLead = new ConcurrentLinkedQueue<>();
    private int nextRelation;
    private int nextRange;

    public Sweep(Reading reading) {
        this.relations = reading.relations();
        this.readers = reading.readers();
    }

    /** Visits everything; returns when all of it was visited, or throws what went wrong first. */
    public void run(Supplier<Visitor> visitors) {
        List<Runnable> work = new ArrayList<>();
        for (RangeReader reader : readers) {
            work.add(() -> visitMany(reader, visitors.get()));
        }
        Workers.runAll("holdfast-reader", work);
        Visitor visitor = visitors.get();
        for (Task task : new ArrayDeque<>(forTheLead)) {
            if (!visitor.visit(readers.get(0), task.relation, task.range)) {
                throw new IllegalStateException(
                        "the lead cannot read " + relations.get(task.relation).name());
            }
        }
    }

    private void visitMany(RangeReader reader, Visitor visitor) {
        for (Optional<Task> task = next(); task.isPresent(); task = next()) {
            if (!visitor.visit(reader, task.get().relation, task.get().range)) {
                forTheLead.add(task.get());
            }
        }
    }

    private synchronized Optional<Task> next() {
        while (nextRelation < relations.size()) {
            if (nextRange < relations.get(nextRelation).ranges().size()) {
                return Optional.of(new Task(nextRelation, nextRange++));
            }
            nextRelation++;
            nextRange = 0;
        }
        return Optional.empty();
    }
}
