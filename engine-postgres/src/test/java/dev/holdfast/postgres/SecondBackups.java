package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.backup.Backup;
import dev.holdfast.backup.BackupRequest;
import dev.holdfast.backup.FullRead;
import dev.holdfast.journal.Journal;
import dev.holdfast.json.JsonObject;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.repository.Head;
import dev.holdfast.repository.Holder;
import dev.holdfast.repository.Kind;
import dev.holdfast.repository.Notes;
import dev.holdfast.repository.RelationList;
import dev.holdfast.repository.Repository;
import dev.holdfast.repository.Reuse;
import dev.holdfast.repository.Tally;
import dev.holdfast.store.MemoryStore;
import dev.holdfast.testing.Readback;
import dev.holdfast.testing.Repositories;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Backups of one database, one after the other into a repository in memory, with ranges of very few pages. */
final class SecondBackups {
    /** So that a table of 40 pages has ten ranges. */
    private static final long PAGES_IN_RANGE = 4;

    private static final BackupRequest.Allowances ANY = new BackupRequest.Allowances(true, true);

    private final TestServer server;
    private final String url;
    private final PostgresEngine engine;
    private final Repository repository = Repositories.in(new MemoryStore(InstantSource.system()));

    /**
     * @param server whose programs are used
     */
    SecondBackups(TestServer server, String url) {
        this.server = server;
        this.url = url;
        this.engine = new PostgresEngine(server.environment());
    }

    SecondBackups(TestDatabase database) {
        this(database.server(), database.url());
    }

    TestServer server() {
        return server;
    }

    String url() {
        return url;
    }

    /** The same repository, and the database at another address. */
    Head takeAt(String address, TrustCondition... unchecked) {
        try (var database = (PostgresDatabase) engine.connect(Captures.run(), address)) {
            database.leaveUnchecked(Set.of(unchecked));
            database.cutInto(PAGES_IN_RANGE);
            var notes = new Notes(Optional.empty(), Map.of(), new JsonObject(), new JsonObject());
            var request =
                    new BackupRequest(Kind.MANUAL, notes, new Holder("host", "boot", 1), 2, FullRead.USUAL, ANY, true);
            var journal = new Journal(repository.store(), Optional.empty());
            return new Backup(repository, journal, database, request, Captures.run())
                    .take()
                    .head();
        }
    }

    /** Takes the next backup, which keeps what seems unchanged; the conditions are taken to hold. */
    Head take(TrustCondition... unchecked) {
        return takeAt(url, unchecked);
    }

    /** The same database, and no backup of it yet. */
    SecondBackups elsewhere() {
        return new SecondBackups(server, url);
    }

    static Reuse reuse(Head head) {
        return head.contents().reuse().orElseThrow();
    }

    /** The relations of a backup that psql reads otherwise, now. */
    Set<String> wrong(Head head) {
        return wrongAt(url, head);
    }

    Set<String> wrongAt(String address, Head head) {
        Map<String, List<String>> told = PsqlRows.of(server, address);
        Map<String, List<String>> stored = rows(head);
        Set<String> wrong = new TreeSet<>(told.keySet());
        wrong.addAll(stored.keySet());
        wrong.removeIf(name -> told.containsKey(name) && told.get(name).equals(stored.get(name)));
        return wrong;
    }

    /** The stored rows of a backup by relation, sorted; large objects each as one row. */
    private Map<String, List<String>> rows(Head head) {
        Map<String, List<String>> rows = new TreeMap<>();
        Readback.rows(repository, head).forEach((name, text) -> {
            List<String> lines = new String(text.getBytes(ISO_8859_1), UTF_8)
                    .lines()
                    .sorted()
                    .toList();
            rows.put(name, name.equals(LargeObjectPages.CATALOG) ? PsqlRows.objects(lines) : lines);
        });
        return rows;
    }

    /** Of each relation of a backup its count and its digest. */
    Map<String, Tally> tallies(Head head) {
        Map<String, Tally> tallies = new TreeMap<>();
        head.contents()
                .relations()
                .forEach(place -> RelationList.parse(repository.chunks().read(place))
                        .forEach(relation -> tallies.put(relation.name(), relation.tally())));
        return tallies;
    }
}
