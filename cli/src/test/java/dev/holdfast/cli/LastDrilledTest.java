package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.journal.Journal;
import dev.holdfast.journal.JournalName;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupId;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.SourceName;
import dev.holdfast.run.Run;
import dev.holdfast.run.RunListener;
import dev.holdfast.run.Verdict;
import dev.holdfast.store.BlobName;
import dev.holdfast.store.Content;
import dev.holdfast.store.FilterStore;
import dev.holdfast.store.MemoryStore;
import dev.holdfast.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a backup was last drilled: a success hides no later failure, and what was interrupted says nothing. */
final class LastDrilledTest {
    private static final BackupName BACKUP = backup("20260101_120000");

    private final ManualClock clock = ManualClock.inJanuary();
    private final MemoryStore store = new MemoryStore(clock);
    private final List<BlobName> read = new ArrayList<>();
    private final Journal journal = new Journal(
            new FilterStore(store) {
                @Override
                public byte[] read(BlobName name, long offset, int length) {
                    read.add(name);
                    return super.read(name, offset, length);
                }
            },
            Optional.empty());

    private static BackupName backup(String id) {
        return new BackupName(new SourceName("shop"), BackupId.parse(id).orElseThrow());
    }

    private void drilled(BackupName backup, Verdict verdict, JsonObject text) {
        clock.advance(Duration.ofHours(3));
        var run = new Run(clock, RunListener.SILENT);
        var name =
                new JournalName(backup.source(), run.now(), "drill", backup.id().toString(), verdict, run.id());
        journal.end(run, name, text.put("kind", "drill"));
    }

    private void drilled(Verdict verdict) {
        drilled(BACKUP, verdict, new JsonObject().put("checks", List.of()).put("restore_seconds", 1.5));
    }

    private void interrupted() {
        drilled(BACKUP, Verdict.UNDETERMINED, new JsonObject().put("failure", "interrupted"));
    }

    private Optional<LastDrilled.Answer> last(int mostOpened) {
        return new LastDrilled(new RecordNames(journal), mostOpened).of(BACKUP);
    }

    private String cell() {
        clock.advance(Duration.ofHours(3));
        return LastDrilledWords.cell(last(9), clock.instant());
    }

    @Test
    void oneThatWasNeverDrilledSaysSo() {
        drilled(backup("20260101_120001"), Verdict.PASS, new JsonObject().put("checks", List.of()));
        assertThat(cell()).isEqualTo("never");
        assertThat(LastDrilledWords.addTo(new JsonObject(), last(9)).members()).containsEntry("last_drill", null);
    }

    @Test
    void theNewestCountsAndTellsHowLongTheRestoreTook() {
        drilled(Verdict.FAIL);
        drilled(Verdict.PASS);
        assertThat(cell()).isEqualTo("3 hours ago; restored in 1.5 s");
        assertThat(LastDrilledWords.line(last(9), clock.instant())).isEqualTo("passed 3 hours ago; restored in 1.5 s");
        assertThat(read).allMatch(name -> name.path().contains("-pass-"));
    }

    @Test
    void aFailureAfterASuccessIsToldWithBoth() {
        drilled(Verdict.PASS);
        drilled(Verdict.FAIL);
        assertThat(cell()).isEqualTo("FAILED 3 hours ago, passed 6 hours ago; restored in 1.5 s");
        JsonObject json = LastDrilledWords.addTo(new JsonObject(), last(9)).object("last_drill");
        assertThat(json.string("verdict")).isEqualTo("fail");
        assertThat(json.string("last_passed")).isLessThan(json.string("at"));
        assertThat(json.string("last_failed")).isEqualTo(json.string("at"));
    }

    @Test
    void oneThatCouldNotBeDoneHidesNoFailureBeforeIt() {
        drilled(Verdict.PASS);
        drilled(Verdict.FAIL);
        drilled(Verdict.FAIL);
        drilled(Verdict.UNDETERMINED);
        assertThat(cell()).isEqualTo("undone 3 hours ago, FAILED 6 hours ago, passed 12 hours ago; restored in 1.5 s");
    }

    @Test
    void oneThatWasInterruptedOrKilledDoesNotCount() {
        interrupted();
        assertThat(cell()).isEqualTo("never");
        drilled(Verdict.PASS);
        drilled(BACKUP, Verdict.UNDETERMINED, new JsonObject().put("killed", true));
        interrupted();
        assertThat(cell()).isEqualTo("9 hours ago; restored in 1.5 s");
    }

    @Test
    void aRecordThatIsDamagedStillHasItsName() {
        drilled(Verdict.FAIL);
        List<BlobName> records = new ArrayList<>();
        store.list(new BlobName("journal"), facts -> records.add(facts.name()));
        store.delete(records.get(0));
        store.create(records.get(0), Content.of(new byte[] {'{'}));
        assertThat(cell()).isEqualTo("FAILED 3 hours ago");
    }

    @Test
    void ofVeryManyOnlyTheNewestAreOpened() {
        drilled(Verdict.PASS);
        drilled(backup("20260101_120001"), Verdict.PASS, new JsonObject().put("checks", List.of()));
        assertThat(last(1))
                .hasValueSatisfying(answer -> assertThat(answer.restored()).isEmpty());
        assertThat(read).isEmpty();
        assertThat(last(2))
                .hasValueSatisfying(answer -> assertThat(answer.restored()).hasValue(Duration.ofMillis(1500)));
    }
}
