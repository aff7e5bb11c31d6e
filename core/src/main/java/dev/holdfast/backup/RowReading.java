package dev.holdfast.backup;

import dev.holdfast.engine.Capture;
import dev.holdfast.engine.RangeReader;
import dev.holdfast.engine.Relation;
import dev.holdfast.repository.PackWriter;
import dev.holdfast.run.Progress;
import dev.holdfast.run.Run;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads every range of a moment into chunks. A chunk list is written as soon as it is full, so that memory does not grow with the
 * database.
 */
final class RowReading {
    private final Run run;
    private final PackWriter packs;
    private final ChunkShelf shelf;
    private final UsedPacks used;
    private final List<RelationDraft> drafts;
    private final long totalBytes;
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong doneBytes = new AtomicLong();
    private final Queue<ListDraft> fullLists = new ConcurrentLinkedQueue<>();

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
        new Sweep(capture).run(() -> {
            var writer = new RangeWriter(shelf);
            return (reader, relation, range) -> read(reader, drafts.get(relation), range, writer);
        });
    }

    private boolean read(RangeReader reader, RelationDraft relationDraft, int range, RangeWriter writer) {
        run.checkInterrupted();
        Relation relation = relationDraft.relation();
        ListDraft list = relationDraft.listOf(range);
        writer.begin(list.shareable());
        if (!reader.read(relation, relation.ranges().get(range), writer)) {
            return false;
        }
        RangeWriter.Draft draft = writer.end();
        boolean full = list.done(range, draft);
        if (full && relationDraft.lists().size() > 1) {
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
        for (ListDraft list : List.copyOf(fullLists)) {
            if (list.isPlaced() && fullLists.remove(list)) {
                list.write(shelf, used);
            }
        }
    }
}
