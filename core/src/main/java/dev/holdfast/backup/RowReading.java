package dev.holdfast.backup;

import dev.holdfast.engine.Capture;
import dev.holdfast.engine.RangeReader;
import dev.holdfast.engine.Relation;
import dev.holdfast.repository.PackWriter;
import dev.holdfast.run.Progress;
import dev.holdfast.run.Run;
import dev.holdfast.run.Workers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads every range of a moment with all its readers at once; what only the lead can read, the lead reads at the end. A chunk list is
 * written as soon as it is full, so that memory does not grow with the database.
 */
final class RowReading {
    private record Task(RelationDraft draft, int range) {}

    private final Run run;
    private final PackWriter packs;
    private final ChunkShelf shelf;
    private final UsedPacks used;
    private final List<RelationDraft> drafts;
    private final long totalBytes;
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong doneBytes = new AtomicLong();
    private final Queue<Task> forTheLead = new ConcurrentLinkedQueue<>();
    private final Queue<ListDraft> fullLists = new ConcurrentLinkedQueue<>();
    private int nextDraft;
    private int nextRange;

    RowReading(Run run, PackWriter packs, UsedPacks used, List<RelationDraft> drafts) {
        this.run = run;
        this.packs = packs;
        this.shelf = new ChunkShelf(packs);
        this.used = used;
        this.drafts = drafts;
        this.totalBytes = Math.max(
                1, drafts.stream().mapToLong(draft -> draft.relation().bytes()).sum());
    }

    /** Reads everything; returns when all of it is read, or throws what went wrong first. */
    void readAll(Capture capture) {
        List<Runnable> work = new ArrayList<>();
        for (RangeReader reader : capture.readers()) {
            work.add(() -> readMany(reader));
        }
        Workers.runAll("holdfast-reader", work);
        var lead = capture.readers().get(0);
        var writer = new RangeWriter(shelf);
        for (Task task : new ArrayDeque<>(forTheLead)) {
            if (!read(lead, task, writer)) {
                throw new IllegalStateException(
                        "the lead cannot read " + task.draft.relation().name());
            }
        }
    }

    private void readMany(RangeReader reader) {
        var writer = new RangeWriter(shelf);
        for (Optional<Task> task = next(); task.isPresent(); task = next()) {
            if (!read(reader, task.get(), writer)) {
                forTheLead.add(task.get());
            }
        }
    }

    private synchronized Optional<Task> next() {
        while (nextDraft < drafts.size()) {
            RelationDraft draft = drafts.get(nextDraft);
            if (nextRange < draft.relation().ranges().size()) {
                return Optional.of(new Task(draft, nextRange++));
            }
            nextDraft++;
            nextRange = 0;
        }
        return Optional.empty();
    }

    private boolean read(RangeReader reader, Task task, RangeWriter writer) {
        run.checkInterrupted();
        Relation relation = task.draft.relation();
        ListDraft list = task.draft.listOf(task.range);
        writer.begin(list.shareable());
        if (!reader.read(relation, relation.ranges().get(task.range), writer)) {
            return false;
        }
        RangeWriter.Draft draft = writer.end();
        boolean full = list.done(task.range, draft);
        if (full && task.draft.lists().size() > 1) {
            fullLists.add(list);
            packs.flush();
        }
        writePlacedLists();
        long share = relation.bytes() / relation.ranges().size();
        run.progress(new Progress(
                rows.addAndGet(draft.tally().count()),
                bytes.addAndGet(draft.bytes()),
                Math.min(1.0, (double) doneBytes.addAndGet(share) / totalBytes)));
        return true;
    }

    private void writePlacedLists() {
        for (ListDraft list : fullLists) {
            if (list.isPlaced() && fullLists.remove(list)) {
                list.write(shelf, used);
            }
        }
    }
}
