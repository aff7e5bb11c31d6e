package dev.holdfast.backup;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.journal.JournalName;
import dev.holdfast.repository.BackupId;
import dev.holdfast.repository.Head;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.RunListener;
import dev.holdfast.run.Step;
import dev.holdfast.run.Verdict;
import dev.holdfast.store.FaultStore;
import dev.holdfast.store.FaultStore.Moment;
import dev.holdfast.store.FaultStore.Operation;
import dev.holdfast.testing.Blobs;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Backups that fail, or are hindered, at every place where they can. */
class BackupFaultTest {
    /** A run that does something as each step begins. */
    private static Run at(Scene scene, Step step, Runnable action) {
        return new Run(scene.clock, new RunListener() {
            @Override
            public void step(Step reached) {
                if (reached == step) {
                    action.run();
                }
            }
        });
    }

    /** A shop with one backup, in which something has changed since. */
    private static Scene changedShop() {
        Scene scene = Scene.shop();
        scene.backup();
        scene.change("orders", 42, "changed");
        scene.clock.advance(Duration.ofMinutes(1));
        return scene;
    }

    /**
     * Lets the n-th call of an operation fail, for n from 1 until no such call comes any more. Whatever happens, the older backup stays
     * readable, and a newer one is there whole or not at all.
     */
    @ParameterizedTest
    @CsvSource({
        "CREATE,BEFORE",
        "CREATE,AFTER",
        "READ,BEFORE",
        "FIND,BEFORE",
        "LIST,BEFORE",
        "DELETE,BEFORE",
        "DELETE,AFTER"
    })
    void aFaultAtAnyCallOfTheStoreLeavesAWholeBackupOrNone(Operation operation, Moment moment) {
        boolean fired = true;
        for (int nth = 1; fired; nth++) {
            Scene scene = changedShop();
            Head before = scene.heads().get(0);
            Map<String, String> rowsBefore = scene.rows(before);
            var faults = new FaultStore(scene.store);
            var headsAtTheFault = new AtomicInteger();
            // a repository is opened outside of the run under test
            var repository = dev.holdfast.repository.Repository.open(faults);
            faults.fail(operation, name -> true, nth, moment, () -> {
                headsAtTheFault.set(scene.repository.heads().of(Scene.SHOP).size());
                return new HoldfastException(ErrorCode.STORE_FAILED, "planned");
            });
            Run run = scene.run();
            boolean returned = false;
            try {
                scene.take(repository, scene.database, run, Scene.NONE);
                returned = true;
            } catch (HoldfastException e) {
                assertThat(e.code()).isIn(ErrorCode.STORE_FAILED, ErrorCode.DAMAGED);
            }
            fired = faults.pending() == 0;

            String what = operation + " " + moment + " " + nth;
            List<Head> heads = scene.heads();
            boolean published = heads.size() == 2;
            assertThat(heads.get(0)).as(what).isEqualTo(before);
            assertThat(scene.rows(before)).as(what).isEqualTo(rowsBefore);
            if (returned) {
                assertThat(published).as("returned normally: " + what).isTrue();
            }
            if (published) {
                assertThat(scene.rows(heads.get(1))).as(what).isEqualTo(scene.database.rows());
            }
            if (!returned) {
                assertThat(headsAtTheFault.get())
                        .as("what failed before the head leaves none, what failed after it leaves it: " + what)
                        .isEqualTo(heads.size());
            }
            assertThat(scene.database.openCaptures()).as(what).isZero();
            assertThat(scene.rows(scene.backup().head()))
                    .as("the next one after " + what)
                    .isEqualTo(scene.database.rows());
            assertThat(nth).as("calls").isLessThan(1000);
        }
    }

    @ParameterizedTest
    @EnumSource(BackupStep.class)
    void aRunThatEndsAtAnyStepPublishesNothingUnlessTheHeadWasWritten(BackupStep step) {
        Scene scene = changedShop();
        Run run = at(scene, step, () -> {
            throw new IllegalStateException("killed");
        });

        assertThatThrownBy(() -> scene.backup(scene.store, run)).hasMessage("killed");

        assertThat(scene.heads()).hasSize(step.compareTo(BackupStep.HEAD) > 0 ? 2 : 1);
        assertThat(Blobs.names(scene.store, "leases")).isEmpty();
        assertThat(scene.database.openCaptures()).isZero();
        assertThat(scene.rows(scene.backup().head())).isEqualTo(scene.database.rows());
    }

    @ParameterizedTest
    @EnumSource(BackupStep.class)
    void anInterruptedRunEndsAtItsNextStep(BackupStep step) {
        Scene scene = changedShop();
        var self = new Run[1];
        Run run = at(scene, step, () -> self[0].interrupt());
        self[0] = run;

        if (step.compareTo(BackupStep.HEAD) >= 0) {
            scene.backup(scene.store, run); // too late: the next thing that happens makes the backup exist
        } else {
            assertThatThrownBy(() -> scene.backup(scene.store, run))
                    .isInstanceOfSatisfying(
                            HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERRUPTED));
        }
        assertThat(scene.heads()).hasSize(step.compareTo(BackupStep.HEAD) >= 0 ? 2 : 1);
    }

    @Test
    void aFailedRunIsOnRecordWithItsReason() {
        Scene scene = changedShop();
        Run run = at(scene, BackupStep.ROWS, () -> {
            throw new HoldfastException(ErrorCode.DATABASE_FAILED, "the server has gone");
        });
        assertThatThrownBy(() -> scene.backup(scene.store, run)).hasMessage("the server has gone");

        List<JournalName> failed = scene.journal().of(Scene.SHOP).stream()
                .filter(name -> name.verdict() == Verdict.FAIL)
                .toList();
        assertThat(failed).hasSize(1);
        assertThat(failed.get(0).run()).isEqualTo(run.id());
        assertThat(scene.journal().read(failed.get(0)).string("failure")).isEqualTo("the server has gone");
    }

    @Test
    void aRunThatWasGivenUpWhileItSleptPublishesNothing() {
        Scene scene = changedShop();
        BackupId id = BackupId.at(scene.clock.instant());
        Run run = at(
                scene,
                BackupStep.HEAD,
                () -> Blobs.create(
                        scene.store, "backups/shop/" + id + ".json", "{\"tombstone\":1}\n".getBytes(US_ASCII)));

        assertThatThrownBy(() -> scene.backup(scene.store, run))
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FENCED));

        assertThat(scene.heads()).hasSize(1);
        Head next = scene.backup().head();
        assertThat(next.name().id()).isGreaterThan(id);
        assertThat(next.contents().parent())
                .contains(scene.heads().get(0).name().id());
    }

    @Test
    void twoRunsOfOneSecondGetTwoNames() {
        Scene scene = changedShop();
        Run slow = at(scene, BackupStep.DIGEST, new Runnable() {
            private boolean done;

            @Override
            public void run() {
                if (!done) {
                    done = true;
                    scene.backup(scene.store, scene.run()); // overtakes under the same name
                }
            }
        });
        Head head = scene.backup(scene.store, slow).head();

        assertThat(head.name().id())
                .isEqualTo(BackupId.at(scene.clock.instant()).next());
        assertThat(scene.heads())
                .hasSize(3)
                .allSatisfy(each -> assertThat(scene.rows(each)).isNotEmpty());
    }

    @Test
    void aPackThatGoesWhileTheBackupIsTakenKeepsItFromBeingPublished() {
        Scene scene = changedShop();
        Set<String> packs = new HashSet<>(Blobs.names(scene.store, "packs"));
        Run run = at(
                scene,
                BackupStep.CONFIRM,
                () -> packs.forEach(name -> scene.store.delete(new dev.holdfast.store.BlobName(name))));

        assertThatThrownBy(() -> scene.backup(scene.store, run))
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DAMAGED));
        assertThat(scene.repository.heads().of(Scene.SHOP)).hasSize(1);
    }

    @Test
    void aJournalThatCannotBeWrittenDoesNotUndoABackup() {
        Scene scene = changedShop();
        var faults = new FaultStore(scene.store)
                .fail(
                        Operation.CREATE,
                        name -> name.startsWith("journal/shop/"),
                        1,
                        Moment.BEFORE,
                        () -> new HoldfastException(ErrorCode.STORE_FULL, "full"));
        Run run = scene.run();
        scene.backup(faults, run);

        assertThat(faults.pending()).isZero();
        assertThat(scene.heads()).hasSize(2);
        assertThat(run.findings()).extracting(Finding::code).containsExactly("no_journal");
    }
}
