package dev.holdfast.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.repository.BackupId;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.Head;
import dev.holdfast.run.Run;
import dev.holdfast.store.BlobName;
import dev.holdfast.store.FaultStore;
import dev.holdfast.store.FaultStore.Moment;
import dev.holdfast.store.FaultStore.Operation;
import dev.holdfast.testing.Blobs;
import dev.holdfast.testing.MemoryDatabase;
import dev.holdfast.testing.Seeds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Long random lives of a database and its repository, in which every backup stays what it was. */
class BackupHistoryTest {
    private static final List<Operation> OPERATIONS = List.of(Operation.values());
    private static final List<String> TABLES = List.of("a", "b", "c");

    @Test
    void everyBackupOfARandomHistoryGivesBackTheRowsOfItsMoment() {
        Seeds.of("BackupHistoryTest").rounds(30, random -> {
            var scene = new Scene();
            Map<BackupId, Map<String, String>> moments = new TreeMap<>();
            for (int step = 0; step < 25; step++) {
                write(scene.database, random);
                scene.clock.advance(Duration.ofSeconds(random.nextInt(200) - 50));
                backUp(scene, random, moments);
                if (random.nextInt(4) == 0) {
                    deleteOne(scene, random, moments);
                }
            }
            assertThat(scene.repository.heads().of(Scene.SHOP)).containsExactlyElementsOf(moments.keySet());
            moments.forEach((id, rows) -> {
                Head head = scene.repository
                        .heads()
                        .read(new BackupName(Scene.SHOP, id))
                        .orElseThrow();
                assertThat(scene.rows(head)).as(id.toString()).isEqualTo(rows);
            });
        });
    }

    private static void write(MemoryDatabase database, Random random) {
        for (int i = random.nextInt(20); i > 0; i--) {
            List<byte[]> records = database.table(TABLES.get(random.nextInt(TABLES.size())));
            int at = random.nextInt(records.size() + 1);
            byte[] record = MemoryDatabase.record("r" + random.nextInt(50));
            if (random.nextInt(3) > 0 || at == records.size()) {
                records.add(at, record);
            } else if (random.nextBoolean()) {
                records.set(at, record);
            } else {
                records.remove(at);
            }
        }
    }

    /** Takes a backup that may fail; what was published is remembered with its rows. */
    private static void backUp(Scene scene, Random random, Map<BackupId, Map<String, String>> moments) {
        var faults = new FaultStore(scene.store);
        if (random.nextBoolean()) {
            faults.fail(
                    OPERATIONS.get(random.nextInt(OPERATIONS.size())),
                    name -> true,
                    1 + random.nextInt(30),
                    random.nextBoolean() ? Moment.BEFORE : Moment.AFTER,
                    () -> new HoldfastException(ErrorCode.STORE_FAILED, "planned"));
        }
        Run run = scene.run();
        try {
            BackupId id = scene.backup(faults, run).head().name().id();
            assertThat(moments.keySet()).as("ids only rise").allMatch(older -> older.compareTo(id) < 0);
        } catch (HoldfastException e) {
            assertThat(e.code()).isIn(ErrorCode.STORE_FAILED, ErrorCode.DAMAGED);
        }
        scene.heads().stream()
                .filter(head -> head.about().run().equals(run.id()))
                .forEach(head -> moments.put(head.name().id(), scene.database.rows()));
    }

    /** Every backup is complete, so any of them may go. The newest stays, as the measure of ids that rise. */
    private static void deleteOne(Scene scene, Random random, Map<BackupId, Map<String, String>> moments) {
        List<BackupId> ids = List.copyOf(moments.keySet());
        if (ids.size() > 1) {
            BackupId id = ids.get(random.nextInt(ids.size() - 1));
            String head = "backups/" + Scene.SHOP + "/" + id + ".json";
            assertThat(Blobs.names(scene.store, "backups")).contains(head);
            scene.store.delete(new BlobName(head));
            moments.remove(id);
        }
    }
}
