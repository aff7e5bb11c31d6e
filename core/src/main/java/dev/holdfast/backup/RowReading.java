package dev.holdfast.backup;

import dev.holdfast.engine.Capture;
import dev.holdfast.engine.Fingerprint;
import dev.holdfast.engine.Part;
import dev.holdfast.engine.RangeReader;
import dev.holdfast.engine.Sweep;
import dev.holdfast.repository.PackWriter;
import dev.holdfast.repository.RangeEntry;
import dev.holdfast.repository.Reuse;
import dev.holdfast.run.Progress;
import dev.holdfast.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Goes over every range of a moment: keeps what has not changed since the parent, reads the rest into chunks. A chunk list is written as
 * soon as it is full, so that memory does not grow with the database.
 */
final class RowReading {
    private final Run run;
    private final PackWriter packs;
    private final ChunkShelf shelf;
    private final UsedPacks used;
    private final List<RelationDraft> drafts;
    private final long totalBytes;
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong doneBytes = new AtomicLong();
    private final Counter read = new Counter();
    private final Counter kept = new Counter();
    private final Queue<ListDraft> fullLists = new ConcurrentLinkedQueue<>();

    /** Ranges, and their bytes. */
    private static final class Counter {
        private final AtomicLong ranges = new AtomicLong();
        private final AtomicLong bytes = new AtomicLong();

        private void add(RangeDraft draft) {
            ranges.incrementAndGet();
            bytes.addAndGet(draft.bytes());
        }

        private Reuse.Share share() {
            return new Reuse.Share(ranges.get(), bytes.get());
        }
    }

    /**
     * @param drafts in the order of the moment's relations
     */
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
        new Sweep(capture, Sweep.COMPARED_AT_ONCE).run(() -> {
            var writer = new RangeWriter(shelf);
            return (reader, tasks) -> readOrKeep(reader, tasks, writer);
        });
    }

    /** What was read so far. */
    Reuse.Share read() {
        return read.share();
    }

    /** What was kept so far. */
    Reuse.Share kept() {
        return kept.share();
    }

    private List<Sweep.Task> readOrKeep(RangeReader reader, List<Sweep.Task> tasks, RangeWriter writer) {
        run.checkInterrupted();
        List<Optional<Fingerprint>> found =
                reader.fingerprints(tasks.stream().map(this::part).toList());
        List<Sweep.Task> outOfReach = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            run.checkInterrupted();
            Sweep.Task task = tasks.get(i);
            Optional<RangeEntry> unchanged = unchanged(task, found.get(i));
            if (unchanged.isPresent()) {
                RangeDraft draft = RangeDraft.kept(unchanged.get());
                kept.add(draft);
                done(task, draft);
            } else if (read(reader, part(task), listOf(task), writer)) {
                RangeDraft draft = writer.end().with(found.get(i));
                String name = part(task).relation().name();
                found.get(i)
                        .ifPresent(fingerprint ->
                                fingerprint.checkCount(name, draft.tally().count()));
                read.add(draft);
                done(task, draft);
            } else {
                outOfReach.add(task);
            }
        }
        return outOfReach;
    }

    private Part part(Sweep.Task task) {
        return drafts.get(task.relation()).relation().part(task.range());
    }

    private ListDraft listOf(Sweep.Task task) {
        return drafts.get(task.relation()).listOf(task.range());
    }

    private Optional<RangeEntry> unchanged(Sweep.Task task, Optional<Fingerprint> now) {
        if (now.isEmpty() || drafts.get(task.relation()).relation().readInFull().isPresent()) {
            return Optional.empty();
        }
        return listOf(task)
                .before(task.range())
                .filter(before -> now.get().isOf(before.tally().count(), before.fingerprint()));
    }

    private static boolean read(RangeReader reader, Part part, ListDraft list, RangeWriter writer) {
        writer.begin(list.shareable());
        return reader.read(part.relation(), part.range(), writer);
    }

    private void done(Sweep.Task task, RangeDraft draft) {
        RelationDraft relation = drafts.get(task.relation());
        ListDraft list = listOf(task);
        boolean full = list.done(task.range(), draft);
        if (full && relation.lists().size() > 1) {
            fullLists.add(list);
            packs.flush();
        }
        writePlacedLists();
        long share = relation.relation().bytes() / relation.relation().ranges().size();
        run.progress(new Progress(
                rows.addAndGet(draft.tally().count()),
                read.bytes.get() + kept.bytes.get(),
                Math.min(1.0, (double) doneBytes.addAndGet(share) / totalBytes)));
    }

    private void writePlacedLists() {
        for (ListDraft list : List.copyOf(fullLists)) {
            if (list.isPlaced() && fullLists.remove(list)) {
                list.write(shelf, used);
            }
        }
    }
}
