package dev.holdfast.restore;

import dev.holdfast.engine.Loader;
import dev.holdfast.engine.Restoration;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.repository.Manifest;
import dev.holdfast.repository.RelationEntry;
import dev.holdfast.run.Progress;
import dev.holdfast.run.Run;
import dev.holdfast.run.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Loads the rows of every relation of a backup, several at once. Rows that the database refuses, since a check looks at another table, say,
 * are tried again when the others are in, then one after the other, since those that look at each other's tables could be in each
 * other's way for ever. Used once.
 */
final class RowLoading {
    private record Load(RelationEntry relation, RowFeed.Part part) {}

    private record Refused(Load load, HoldfastException why) {}

    private final Restoration restoration;
    private final Manifest manifest;
    private final Run run;
    private final int jobs;
    private final AtomicLong done = new AtomicLong();
    private final long total;

    RowLoading(Restoration restoration, Manifest manifest, Run run, int jobs) {
        this.restoration = restoration;
        this.manifest = manifest;
        this.run = run;
        this.jobs = jobs;
        this.total = Math.max(1, manifest.bytes());
    }

    /** Returns when all rows are in, or throws why some cannot be. */
    void loadAll() {
        List<Load> loads = loads();
        for (int workers = jobs; !loads.isEmpty(); workers = 1) {
            List<Refused> refused = load(loads, workers);
            if (refused.size() == loads.size() && workers == 1) {
                throw allRefused(refused);
            }
            loads = refused.stream().map(Refused::load).toList();
        }
    }

    private static HoldfastException allRefused(List<Refused> refused) {
        HoldfastException first = refused.get(0).why;
        refused.stream().skip(1).forEach(other -> first.addSuppressed(other.why));
        String tables = refused.stream()
                .map(each -> each.load.relation.name())
                .distinct()
                .collect(Collectors.joining(", "));
        String hint = first.hint().map(own -> own + "; ").orElse("");
        return first.withHint(hint + "the server refuses rows that are in the backup, of: " + tables
                + "; they are safe there, and docs/format.md says how to get at them");
    }

    /**
     * A relation that is far larger than one worker's fair share is loaded by all of them; any other by one alone, which leaves its pages
     * in a better state.
     */
    private List<Load> loads() {
        long fairShare = manifest.bytes() / jobs + 1;
        List<Load> loads = new ArrayList<>();
        for (RelationEntry relation : manifest.relations()) {
            int parts = relation.bytes() > fairShare + fairShare / 2 ? jobs : 1;
            for (int i = 0; i < parts; i++) {
                loads.add(new Load(relation, new RowFeed.Part(i, parts)));
            }
        }
        return loads;
    }

    private List<Refused> load(List<Load> loads, int atOnce) {
        Queue<Load> open = new ConcurrentLinkedQueue<>(loads);
        Queue<Refused> refused = new ConcurrentLinkedQueue<>();
        List<Runnable> workers = new ArrayList<>();
        for (int i = 0; i < atOnce; i++) {
            workers.add(() -> {
                try (Loader loader = restoration.loader()) {
                    for (Load load = open.poll(); load != null; load = open.poll()) {
                        Load tried = load;
                        loader.load(load.relation.relation(), feed(load), load.part.of() == 1)
                                .ifPresent(why -> refused.add(new Refused(tried, why)));
                    }
                }
            });
        }
        Workers.runAll("holdfast-loader", workers);
        return List.copyOf(refused);
    }

    private RowFeed feed(Load load) {
        return new RowFeed(manifest.chunks(), load.relation, load.part, run, bytes -> {
            long now = done.addAndGet(bytes);
            run.progress(new Progress(0, now, Math.min(1.0, (double) now / total)));
        });
    }
}
