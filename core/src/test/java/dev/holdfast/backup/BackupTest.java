package dev.holdfast.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.journal.JournalName;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupId;
import dev.holdfast.repository.Head;
import dev.holdfast.repository.PackCheck;
import dev.holdfast.repository.PackState;
import dev.holdfast.repository.Sha256;
import dev.holdfast.repository.SourceName;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Verdict;
import dev.holdfast.store.AppendOnlyStore;
import dev.holdfast.testing.Blobs;
import dev.holdfast.testing.MemoryDatabase;
import dev.holdfast.testing.Readback;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackupTest {
    private final Scene scene = Scene.shop();

    @Test
    void aBackupGivesBackEveryRowAndPiece() {
        Map<String, String> rows = scene.database.rows();
        Head head = scene.backup().head();

        assertThat(scene.heads()).containsExactly(head);
        assertThat(scene.rows(head)).isEqualTo(rows).containsEntry("nothing", "");
        assertThat(Readback.pieces(scene.repository, head)).isEqualTo(Map.of("schema.txt", "the schema"));
        assertThat(head.contents().totals().rows()).isEqualTo(105);
        assertThat(head.contents().totals().relations()).isEqualTo(3);
        assertThat(head.contents().parent()).isEmpty();
        assertThat(head.product()).isEqualTo(MemoryDatabase.PRODUCT);
        assertThat(head.about().times().moment()).isEqualTo(scene.clock.instant());
        assertThat(scene.database.openCaptures()).isZero();
    }

    @Test
    void theMigrationStateOfTheDatabaseStandsBesideWhatTheCallerSaysOfTheProject() {
        assertThat(scene.backup().head().about().notes().project())
                .isEqualTo(new JsonObject().put("git", new JsonObject()).put("migrations", List.of()));
        scene.database.smallTables().with("public", "schema_migrations", "version,dirty", "7,true");

        Head head = scene.backup().head();
        assertThat(head.about().notes().project().members()).containsKeys("git", "migrations");
        assertThat(head.about().notes().project().objects("migrations", state -> state.string("latest")))
                .containsExactly("7");
        assertThat(scene.heads()).contains(head);
    }

    @Test
    void aTableOfAMigrationToolThatIsRefusedIsAFindingOfTheBackup() {
        scene.database.smallTables().with("public", "schema_migrations", "version,dirty", "7,true");
        scene.database.smallTables().refuse("public.schema_migrations", ErrorCode.DENIED);
        assertThat(scene.backup().head().contents().findings().stream().map(Finding::code))
                .containsExactly("migration_state_unread");
    }

    @Test
    void aBackupLeavesNoLeaseAndNoOpenNoteButARecord() {
        Head head = scene.backup().head();

        assertThat(Blobs.names(scene.store, "leases")).isEmpty();
        assertThat(Blobs.names(scene.store, "journal/open")).isEmpty();
        List<JournalName> records = scene.journal().of(Scene.SHOP);
        assertThat(records).hasSize(1);
        assertThat(records.get(0).verdict()).isEqualTo(Verdict.PASS);
        assertThat(records.get(0).backup()).contains(head.name().id());
        assertThat(scene.journal().read(records.get(0)).count("rows")).isEqualTo(105);
    }

    @Test
    void aBackupThatChangedNothingCreatesAHeadItsDigestAndARecordAndNothingElse() {
        Head first = scene.backup().head();
        for (int i = 0; i < 5; i++) {
            Set<String> added = scene.addedBy(scene::backup);
            assertThat(added).hasSize(3);
            assertThat(added).filteredOn(name -> name.endsWith(".json.sha256")).hasSize(1);
            assertThat(added)
                    .filteredOn(name -> name.matches("backups/shop/[0-9_]+\\.json"))
                    .hasSize(1);
            assertThat(added)
                    .filteredOn(name -> name.startsWith("journal/shop/"))
                    .hasSize(1);
            assertThat(added.stream()
                            .mapToLong(name -> Blobs.bytes(scene.store, name).length)
                            .sum())
                    .isLessThan(100_000);
        }
        Head last = scene.heads().get(5);
        assertThat(last.contents().totals().storedBytes()).isZero();
        assertThat(last.contents().relations()).isEqualTo(first.contents().relations());
        assertThat(scene.rows(last)).isEqualTo(scene.database.rows());
    }

    @Test
    void aChangedRangeIsStoredAloneWithTheListsThatNameIt() {
        scene.backup();
        scene.change("orders", 42, "changed");
        Set<String> added = scene.addedBy(scene::backup);

        List<String> packs =
                added.stream().filter(name -> name.startsWith("packs/")).toList();
        assertThat(packs)
                .as("of rows and chunk lists, and of the relation list")
                .hasSizeLessThanOrEqualTo(3);
        List<String> chunks = packs.stream()
                .map(name -> PackCheck.check(scene.store, Sha256.parse(name.substring(name.length() - 64))))
                .flatMap(state -> ((PackState.Whole) state).chunks().stream())
                .map(place -> place.chunk().hex())
                .toList();
        assertThat(chunks).as("the range, its chunk list and the relation list").hasSize(3);
        var range = new StringBuilder();
        scene.database
                .table("orders")
                .subList(40, 50)
                .forEach(each -> range.append(new String(each, java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(chunks)
                .contains(Sha256.of(range.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .hex());
    }

    @Test
    void everyBackupGivesBackTheRowsOfItsOwnMoment() {
        List<Map<String, String>> moments = new java.util.ArrayList<>();
        for (int i = 0; i < 6; i++) {
            scene.change("orders", i * 15, "changed " + i);
            scene.database.table("new " + i).add(MemoryDatabase.record("x"));
            scene.database.table("users").remove(0);
            moments.add(scene.database.rows());
            scene.backup();
            scene.database.table("users").add(MemoryDatabase.record("later"));
        }
        assertThat(scene.heads().stream().map(scene::rows).toList()).isEqualTo(moments);
    }

    @Test
    void whatOnlyTheLeadCanReadIsReadByTheLead() {
        scene.database.forTheLeadAlone("orders");
        scene.database.forTheLeadAlone("nothing");
        assertThat(scene.rows(scene.backup().head())).isEqualTo(scene.database.rows());
    }

    @Test
    void idsOnlyRiseWhateverTheClockSays() {
        BackupId first = scene.backup().head().name().id();
        BackupId sameSecond =
                scene.backup(scene.store, scene.run()).head().name().id();
        assertThat(sameSecond).isEqualTo(first.next());

        scene.clock.advance(Duration.ofDays(-40));
        assertThat(scene.backup(scene.store, scene.run()).head().name().id()).isEqualTo(sameSecond.next());

        scene.clock.advance(Duration.ofDays(41));
        BackupId later = scene.backup().head().name().id();
        assertThat(later).isGreaterThan(sameSecond).isEqualTo(BackupId.at(scene.clock.instant()));
        assertThat(scene.repository.heads().of(Scene.SHOP)).hasSize(4).last().isEqualTo(later);
    }

    @Test
    void aStoreThatNeverDeletesTakesBackups() {
        var appendOnly = new AppendOnlyStore(scene.store);
        Head first = scene.backup(appendOnly, scene.run()).head();
        scene.change("users", 1, "changed");
        scene.clock.advance(Duration.ofMinutes(1));
        Run second = scene.run();
        Head head = scene.backup(appendOnly, second).head();

        assertThat(second.findings()).isEmpty();
        assertThat(head.contents().parent()).contains(first.name().id());
        assertThat(scene.rows(head)).isEqualTo(scene.database.rows());
        assertThat(Blobs.names(scene.store, "leases"))
                .as("two parts each, the last one ended")
                .hasSize(4);
    }

    @Test
    void clocksThatAreFarApartAreRefusedBeforeAnythingIsWritten() {
        var ours = new dev.holdfast.testing.ManualClock(scene.clock.instant().plus(Duration.ofMinutes(6)));
        var run = new Run(ours, dev.holdfast.run.RunListener.SILENT);
        assertThat(scene.addedBy(() -> assertThatThrownBy(() -> scene.backup(scene.store, run))
                        .isInstanceOfSatisfying(
                                HoldfastException.class,
                                e -> assertThat(e.code()).isEqualTo(ErrorCode.CLOCK))))
                .isEmpty();

        scene.backup(scene.store, run, new BackupRequest.Allowances(false, true));
        assertThat(scene.heads()).hasSize(1);
    }

    @Test
    void anotherDatabaseOfTheSameNameIsAnotherSourceAndSharesNothing() {
        scene.backup();
        scene.database.becomeAnother("2");
        Run run = scene.run();
        Head other = scene.backup(scene.store, run).head();

        assertThat(other.name().source().value()).matches("shop-[0-9a-f]{4}");
        assertThat(other.contents().parent()).isEmpty();
        assertThat(run.findings()).extracting(Finding::code).containsExactly("source_name_taken");
        assertThat(scene.backup().head().name().source()).isEqualTo(other.name().source());
    }

    @Test
    void theSameSourceMayMoveToAnotherDatabaseWhenAPersonSaysSo() {
        scene.backup();
        scene.database.becomeAnother("2");
        Head moved = scene.backup(scene.store, scene.run(), new BackupRequest.Allowances(true, false))
                .head();

        assertThat(moved.name().source()).isEqualTo(Scene.SHOP);
        assertThat(moved.contents().parent())
                .as("rows of another database are not compared")
                .isEmpty();
        assertThat(scene.repository.sources().identities(Scene.SHOP)).hasSize(2);
    }

    @Test
    void aSourceThatGotItsNameForAnotherDatabaseKeepsItWhenItIsBoundToOneMore() {
        scene.backup();
        scene.database.becomeAnother("2");
        SourceName other = scene.backup().head().name().source();
        scene.database.becomeAnother("3");
        scene.repository.sources().bind(other, scene.database.identity(), scene.clock.instant());

        assertThat(scene.backup().head().name().source()).isEqualTo(other).isNotEqualTo(Scene.SHOP);
    }
}
