package dev.holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.Holder;
import dev.holdfast.repository.SourceName;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.RunListener;
import dev.holdfast.run.Verdict;
import dev.holdfast.store.AppendOnlyStore;
import dev.holdfast.store.BlobStore;
import dev.holdfast.store.MemoryStore;
import dev.holdfast.testing.Blobs;
import dev.holdfast.testing.ManualClock;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run whose process is gone is told by the next one of its kind and source, once. */
final class KilledRunsTest {
    private static final SourceName SHOP = new SourceName("shop");
    private static final Holder LIVING =
            new Holder("host", "boot", ProcessHandle.current().pid());

    private final ManualClock clock = ManualClock.inJanuary();
    private final MemoryStore store = new MemoryStore(clock);
    private Holder dead = LIVING;

    @BeforeEach
    void die() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        dead = new Holder("host", "boot", process.pid());
    }

    private Run begin(BlobStore through, Holder holder, String kind, String source) {
        var run = new Run(clock, RunListener.SILENT);
        var note = new JsonObject().put("kind", kind).put("source", source);
        new Journal(through, Optional.empty()).begin(run, holder, note);
        return run;
    }

    private void end(BlobStore through, Run run) {
        var name = new JournalName(SHOP, run.now(), "backup", JournalName.NONE, Verdict.PASS, run.id());
        new Journal(through, Optional.empty()).end(run, name, new JsonObject().put("kind", "backup"));
    }

    private List<JournalName> records() {
        return new Journal(store, Optional.empty()).of(SHOP);
    }

    @Test
    void aKilledRunIsToldOnceAndHasARecordFromThenOn() {
        Run killed = begin(store, dead, "backup", "shop");
        Run next = begin(store, LIVING, "backup", "shop");

        assertThat(next.findings()).extracting(Finding::code).containsExactly("killed_run");
        assertThat(next.findings().get(0).message())
                .contains("backup of source shop")
                .contains("" + dead.pid());
        assertThat(records()).hasSize(1);
        assertThat(records().get(0).run()).isEqualTo(killed.id());
        assertThat(records().get(0).verdict()).isEqualTo(Verdict.UNDETERMINED);
        assertThat(Blobs.names(store, "journal/open")).containsExactly("journal/open/" + next.id() + ".json");
        assertThat(begin(store, LIVING, "backup", "shop").findings()).isEmpty();
    }

    @Test
    void whereNotesCannotBeDeletedItIsToldOnceToo() {
        var appendOnly = new AppendOnlyStore(store);
        begin(appendOnly, dead, "backup", "shop");
        assertThat(begin(appendOnly, LIVING, "backup", "shop").findings()).hasSize(1);
        assertThat(begin(appendOnly, LIVING, "backup", "shop").findings()).isEmpty();

        Run ended = begin(appendOnly, dead, "backup", "shop");
        end(appendOnly, ended);
        assertThat(begin(appendOnly, LIVING, "backup", "shop").findings()).isEmpty();
    }

    @Test
    void whoMayBeAliveOrIsNoneOfOursIsNotTold() {
        begin(store, LIVING, "backup", "shop");
        begin(store, new Holder("another", "boot", dead.pid()), "backup", "shop");
        begin(store, new Holder("host", "another", dead.pid()), "backup", "shop");
        begin(store, new Holder("host", "", dead.pid()), "backup", "shop");
        begin(store, dead, "restore", "shop");
        begin(store, dead, "backup", "inventory");
        assertThat(begin(store, LIVING, "backup", "shop").findings()).isEmpty();
        assertThat(Blobs.names(store, "journal/open")).hasSize(7);
    }

    @Test
    void aNoteThatIsDamagedOrOfAnEarlierVersionIsPassedOver() {
        Run damaged = begin(store, dead, "backup", "shop");
        Blobs.replace(store, "journal/open/" + damaged.id() + ".json", new byte[] {1, 2, 3});
        var earlier = new JsonObject().put("kind", "backup").put("source", "shop");
        Blobs.create(store, "journal/open/" + "0".repeat(32) + ".json", dev.holdfast.repository.Sealed.bytes(earlier));
        Blobs.create(store, "journal/open/notes.txt", new byte[] {1});
        begin(store, dead, "backup", "shop");
        assertThat(begin(store, LIVING, "backup", "shop").findings()).hasSize(1);
    }

    @Test
    void guardsThatWereKilledOrMayHaveEndedWithAnEarlierStartAreSpokenOfAndNoOthers() {
        Run killed = begin(store, dead, "guard", "shop");
        Run earlier = begin(store, new Holder("host", "another", LIVING.pid()), "guard", "shop");
        begin(store, new Holder("another", "boot", dead.pid()), "guard", "shop");
        begin(store, LIVING, "guard", "shop");
        begin(store, dead, "backup", "shop");
        assertThat(new JournalList(new Journal(store, Optional.empty()), LIVING).killed("guard"))
                .extracting(JournalEntry::run)
                .containsExactlyInAnyOrder(killed.id(), earlier.id());
    }
}
