package dev.holdfast.backup;

import dev.holdfast.journal.Journal;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.Head;
import dev.holdfast.repository.Holder;
import dev.holdfast.repository.Kind;
import dev.holdfast.repository.Notes;
import dev.holdfast.repository.Repository;
import dev.holdfast.repository.SourceName;
import dev.holdfast.run.Run;
import dev.holdfast.run.RunListener;
import dev.holdfast.store.BlobStore;
import dev.holdfast.store.MemoryStore;
import dev.holdfast.testing.Blobs;
import dev.holdfast.testing.ManualClock;
import dev.holdfast.testing.MemoryDatabase;
import dev.holdfast.testing.Readback;
import dev.holdfast.testing.Repositories;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A database and a repository in memory, and the backups that are taken of one into the other. */
final class Scene {
    static final SourceName SHOP = new SourceName("shop");
    static final BackupRequest.Allowances NONE = BackupRequest.Allowances.NONE;

    final ManualClock clock = ManualClock.inJanuary();
    final MemoryStore store = new MemoryStore(clock);
    final Repository repository = Repositories.in(store);
    FullRead fullRead = FullRead.USUAL;
    final MemoryDatabase database = new MemoryDatabase("shop", clock, 10);

    /** Three tables: of ten ranges, of one, of none. */
    static Scene shop() {
        var scene = new Scene();
        scene.database.with("orders", 100).with("users", 5).with("nothing", 0);
        return scene;
    }

    BackupRequest request(BackupRequest.Allowances allowances) {
        var notes = new Notes(
                Optional.of("a test"),
                Map.of("k", "v"),
                new JsonObject().put("user", "me"),
                new JsonObject().put("git", new JsonObject()));
        return new BackupRequest(Kind.MANUAL, notes, new Holder("host", "boot", 1), 2, fullRead, allowances, true);
    }

    Run run() {
        return new Run(clock, RunListener.SILENT);
    }

    /** Takes a backup a minute after whatever came before. */
    BackupReport backup() {
        clock.advance(Duration.ofMinutes(1));
        return backup(store, run());
    }

    BackupReport backup(BlobStore through, Run run) {
        return backup(through, run, NONE);
    }

    BackupReport backup(BlobStore through, Run run, BackupRequest.Allowances allowances) {
        return take(Repository.open(through), database, run, allowances);
    }

    BackupReport take(Repository into, MemoryDatabase of, Run run, BackupRequest.Allowances allowances) {
        var journal = new Journal(into.store(), Optional.empty());
        return new Backup(into, journal, of, request(allowances), run).take();
    }

    Journal journal() {
        return new Journal(store, Optional.empty());
    }

    /** What a backup adds to the store. */
    Set<String> addedBy(Runnable action) {
        Set<String> before = Blobs.names(store);
        action.run();
        Set<String> added = new TreeSet<>(Blobs.names(store));
        added.removeAll(before);
        return added;
    }

    List<Head> heads() {
        return Readback.heads(repository);
    }

    /** The rows that a backup gives back. */
    Map<String, String> rows(Head head) {
        return Readback.rows(repository, head);
    }

    /** Writes one record of a table anew. */
    void change(String table, int record, String text) {
        database.table(table).set(record, MemoryDatabase.record(text));
    }
}
