package dev.holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.Holder;
import dev.holdfast.repository.SourceName;
import dev.holdfast.run.Run;
import dev.holdfast.run.RunId;
import dev.holdfast.run.RunListener;
import dev.holdfast.run.Verdict;
import dev.holdfast.store.AppendOnlyStore;
import dev.holdfast.store.BlobName;
import dev.holdfast.store.BlobStore;
import dev.holdfast.store.Content;
import dev.holdfast.store.FilterStore;
import dev.holdfast.store.MemoryStore;
import dev.holdfast.testing.Blobs;
import dev.holdfast.testing.ManualClock;
import dev.holdfast.testing.Repositories;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Names of files answer what they can; what is damaged, foreign or unfinished is told and keeps nothing from being listed. */
final class JournalListTest {
    private static final JournalFilter ALL = new JournalFilter(Optional.empty(), Optional.empty(), false);
    private static final SourceName SHOP = new SourceName("shop");
    private static final Holder READER =
            new Holder("host", "boot", ProcessHandle.current().pid());

    private final ManualClock clock = ManualClock.inJanuary();
    private final MemoryStore store = new MemoryStore(clock);
    private final MemoryStore spare = new MemoryStore(clock);
    private final List<BlobName> read = new ArrayList<>();

    JournalListTest() {
        Repositories.in(store);
    }

    private Run begin(BlobStore to, String kind, Holder holder) {
        var run = new Run(clock, RunListener.SILENT);
        var note = new JsonObject().put("kind", kind).put("source", "shop");
        new Journal(to, Optional.empty()).begin(run, holder, note);
        return run;
    }

    private RunId end(BlobStore to, Run run, String kind, Verdict verdict) {
        clock.advance(Duration.ofSeconds(7));
        var name = new JournalName(SHOP, run.now(), kind, JournalName.NONE, verdict, run.id());
        var record = new JsonObject()
                .put("kind", kind)
                .put("started", run.started().toString())
                .put("ended", run.now().toString());
        new Journal(to, Optional.of(spare)).end(run, name, record);
        return run.id();
    }

    private RunId ran(BlobStore to, String kind, Verdict verdict) {
        return end(to, new Run(clock, RunListener.SILENT), kind, verdict);
    }

    /** A list that notes which files it reads. */
    private JournalList list() {
        var watched = new FilterStore(store) {
            @Override
            public byte[] read(BlobName name, long offset, int length) {
                read.add(name);
                return super.read(name, offset, length);
            }
        };
        return new JournalList(new Journal(watched, Optional.of(spare)), READER);
    }

    private List<RunId> runs(JournalFilter filter) {
        return list().newest(filter, 50).stream().map(JournalEntry::run).toList();
    }

    private static Holder dead() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        return new Holder("host", "boot", process.pid());
    }

    @Test
    void theNewestRunsAreListedLastAndOnlyTheirFilesAreOpened() {
        List<RunId> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.add(ran(store, "backup", Verdict.PASS));
        }
        List<JournalEntry> newest = list().newest(ALL, 5);
        assertThat(newest).extracting(JournalEntry::run).containsExactlyElementsOf(all.subList(195, 200));
        assertThat(newest).allMatch(entry -> entry.took(clock.instant()).equals(Optional.of(Duration.ofSeconds(7))));
        assertThat(read.stream().filter(name -> name.path().startsWith("journal/")))
                .hasSize(5);
    }

    @Test
    void sourceKindAndFailureAreFilters() {
        RunId backup = ran(store, "backup", Verdict.PASS);
        RunId failed = ran(store, "backup", Verdict.FAIL);
        RunId verify = ran(store, "verify", Verdict.UNDETERMINED);
        assertThat(runs(ALL)).containsExactly(backup, failed, verify);
        assertThat(runs(new JournalFilter(Optional.of(SHOP), Optional.of("verify"), false)))
                .containsExactly(verify);
        assertThat(runs(new JournalFilter(Optional.of(new SourceName("other")), Optional.empty(), false)))
                .isEmpty();
        assertThat(runs(new JournalFilter(Optional.empty(), Optional.empty(), true)))
                .containsExactly(failed, verify);
    }

    @Test
    void aRunWithoutARecordIsRunningOrKilledAndNoneOfBothWhenItHasOne() throws Exception {
        Run killed = begin(store, "backup", dead());
        Run elsewhere = begin(store, "restore", new Holder("another", "boot", 1));
        RunId later = ran(store, "verify", Verdict.PASS);
        Run ended = begin(new AppendOnlyStore(store), "restore", dead());
        end(new AppendOnlyStore(store), ended, "restore", Verdict.PASS);

        List<JournalEntry> listed = list().newest(ALL, 50);
        assertThat(listed)
                .extracting(JournalEntry::run)
                .containsExactly(killed.id(), later, ended.id(), elsewhere.id());
        assertThat(listed)
                .extracting(JournalEntry::ending)
                .containsExactly(Ending.KILLED, Ending.PASS, Ending.PASS, Ending.RUNNING);
        assertThat(runs(new JournalFilter(Optional.empty(), Optional.empty(), true)))
                .containsExactly(killed.id());

        begin(store, "backup", READER); // tells of the killed one, which has a record then
        assertThat(list().of(killed.id().hex()))
                .extracting(JournalEntry::ending)
                .containsExactly(Ending.KILLED);
    }

    @Test
    void filesThatAreDamagedOrNoneOfOursAreToldAndEndNothing() {
        RunId good = ran(store, "backup", Verdict.PASS);
        RunId bad = ran(store, "backup", Verdict.PASS);
        String file = Blobs.names(store, "journal").stream()
                .filter(name -> name.contains(bad.hex()))
                .findFirst()
                .orElseThrow();
        Blobs.replace(store, file, new byte[] {1, 2, 3});
        Blobs.create(store, "journal/shop/2026-01/notes.txt", new byte[] {1});
        Run open = begin(store, "restore", READER);
        Blobs.replace(store, "journal/open/" + open.id() + ".json", new byte[] {1});

        JournalList list = list();
        assertThat(list.newest(ALL, 50)).extracting(JournalEntry::run).containsExactly(good, bad);
        assertThat(list.damaged())
                .hasSize(3)
                .anyMatch(line -> line.contains(file + " is damaged"))
                .anyMatch(line -> line.contains("journal/shop/2026-01/notes.txt is no record"))
                .anyMatch(line -> line.contains("journal/open/" + open.id() + ".json is damaged"));
    }

    @Test
    void recordsThatTheRepositoryCouldNotTakeAreListedWithItsOwnAndWithNoOthers() {
        var another = new MemoryStore(clock);
        Repositories.in(another);
        ran(new Full(another), "verify", Verdict.PASS);
        RunId here = ran(store, "backup", Verdict.PASS);
        RunId there = ran(new Full(store), "verify", Verdict.PASS);

        List<JournalEntry> listed = list().newest(ALL, 50);
        assertThat(listed).extracting(JournalEntry::run).containsExactly(here, there);
        assertThat(listed).extracting(entry -> entry.file().spare()).containsExactly(false, true);
        assertThat(listed).allMatch(entry -> entry.started().isPresent());
    }

    /** A store that takes nothing any more. */
    private static final class Full extends FilterStore {
        Full(BlobStore inner) {
            super(inner);
        }

        @Override
        public Creation create(BlobName name, Content content) {
            throw new HoldfastException(ErrorCode.STORE_FULL, "no space");
        }
    }

    @Test
    void aRunIsFoundByTheBeginningOfItsIdAndAllItsRecordsAreShown() {
        var run = new Run(clock, RunListener.SILENT);
        end(store, run, "verify", Verdict.PASS);
        end(store, run, "verify", Verdict.FAIL);
        ran(store, "verify", Verdict.PASS);
        assertThat(list().of(run.id().hex().substring(0, 20)))
                .hasSize(2)
                .allMatch(entry -> entry.run().equals(run.id()));
        assertThatThrownBy(() -> list().of("x"))
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NO_SUCH_RUN));
        assertThatThrownBy(() -> list().of("")).hasMessageContaining("no run ''");
    }

    @Test
    void aBeginningThatSeveralRunsHaveIsAmbiguous() {
        for (int i = 0; i < 17; i++) {
            ran(store, "backup", Verdict.PASS); // two of 17 have the same first digit
        }
        String shared = list().newest(ALL, 50).stream()
                .map(entry -> entry.run().hex().substring(0, 1))
                .filter(digit -> runs(ALL).stream()
                                .filter(run -> run.hex().startsWith(digit))
                                .count()
                        > 1)
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> list().of(shared))
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AMBIGUOUS));
    }
}
