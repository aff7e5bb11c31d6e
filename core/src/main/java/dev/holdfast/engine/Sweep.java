package dev.holdfast.engine;

import dev.holdfast.run.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * Goes over every range of every relation of a moment, once, with all its readers at once. What only the lead can read, the lead reads at
 * the end. Used once.
 */
public final class Sweep {
    /**
     * How many ranges are compared by fingerprints at once: far fewer round trips, and still pages that the server has at hand when they
     * are read.
     */
    public static final int COMPARED_AT_ONCE = 32;

    /** How many tasks a reader gets at once when this share of what is left is more: at the end nobody waits long for another. */
    private static final int SHARES = 4;

    /** One range to be visited, by its place in the moment's relations and in the relation's ranges. */
    public record Task(int relation, int range) {}

    /** What is done with ranges; each thread has its own. */
    @FunctionalInterface
    public interface Visitor {
        /** Visits ranges, and returns those of them that this reader cannot get at. */
        List<Task> visit(RangeReader reader, List<Task> tasks);
    }

    private final List<Relation> relations;
    private final List<RangeReader> readers;
    private final int most;
    private final Queue<Task> forTheLead = new ConcurrentLinkedQueue<>();
    private long left;
    private int nextRelation;
    private int nextRange;

    /** Over everything, with all readers. */
    public Sweep(Reading reading, int most) {
        this(reading.relations(), reading.readers(), most);
    }

    /**
     * @param readers the first is the lead's
     * @param most how many ranges are visited at once at most
     */
    public Sweep(List<Relation> relations, List<RangeReader> readers, int most) {
        this.relations = List.copyOf(relations);
        this.readers = List.copyOf(readers);
        this.most = most;
        this.left = relations.stream()
                .mapToLong(relation -> relation.ranges().size())
                .sum();
    }

    /** Visits everything; returns when all of it was visited, or throws what went wrong first. */
    public void run(Supplier<Visitor> visitors) {
        List<Runnable> work = new ArrayList<>();
        for (RangeReader reader : readers) {
            work.add(() -> visitMany(reader, visitors.get()));
        }
        Workers.runAll("holdfast-reader", work);
        Visitor visitor = visitors.get();
        for (Task task : forTheLead) {
            if (!visitor.visit(readers.get(0), List.of(task)).isEmpty()) {
                throw new IllegalStateException(
                        "the lead cannot read " + relations.get(task.relation).name());
            }
        }
    }

    private void visitMany(RangeReader reader, Visitor visitor) {
        for (List<Task> tasks = next(); !tasks.isEmpty(); tasks = next()) {
            forTheLead.addAll(visitor.visit(reader, tasks));
        }
    }

    private synchronized List<Task> next() {
        long share = Math.max(1, left / ((long) SHARES * readers.size()));
        List<Task> tasks = new ArrayList<>();
        while (tasks.size() < Math.min(most, share) && nextRelation < relations.size()) {
            if (nextRange < relations.get(nextRelation).ranges().size()) {
                tasks.add(new Task(nextRelation, nextRange++));
                left--;
            } else {
                nextRelation++;
                nextRange = 0;
            }
        }
        return tasks;
    }
}
