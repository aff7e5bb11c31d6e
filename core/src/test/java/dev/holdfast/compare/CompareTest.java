package dev.holdfast.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.Holdfast;
import dev.holdfast.backup.BackupRequest;
import dev.holdfast.backup.FullRead;
import dev.holdfast.compare.SchemaDifference.Change;
import dev.holdfast.compare.SchemaDifference.ObjectChange;
import dev.holdfast.compare.TableDifference.Presence;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.Holder;
import dev.holdfast.repository.Kind;
import dev.holdfast.repository.Notes;
import dev.holdfast.store.MemoryStore;
import dev.holdfast.testing.ManualClock;
import dev.holdfast.testing.MemoryDatabase;
import dev.holdfast.testing.MemoryEngine;
import dev.holdfast.testing.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CompareTest {
    private static final String URL = "memory:shop";

    private final ManualClock clock = ManualClock.inJanuary();
    private final MemoryDatabase shop = new MemoryDatabase("shop", clock, 10);
    private final Holdfast holdfast = Holdfast.builder(new MemoryStore(clock), new MemoryEngine(shop))
            .clock(clock)
            .build();

    private BackupName backup() {
        clock.advance(Duration.ofMinutes(1));
        var notes = new Notes(Optional.empty(), Map.of(), new JsonObject(), new JsonObject());
        var request = new BackupRequest(
                Kind.MANUAL,
                notes,
                new Holder("host", "boot", 1),
                2,
                FullRead.USUAL,
                BackupRequest.Allowances.NONE,
                true);
        return holdfast.backup(holdfast.newRun(), URL, request).head().name();
    }

    private CompareReport compare(BackupName backup, String... tables) {
        return holdfast.compare(holdfast.newRun(), URL, backup, new CompareRequest(Set.of(tables), 3, 2));
    }

    private CompareReport compare(BackupName backup, BackupName other) {
        return holdfast.compare(holdfast.newRun(), backup, other, new CompareRequest(Set.of(), 3, 2));
    }

    private static TableDifference table(CompareReport report, String name) {
        return report.tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** A table of people: id, name, and a town that may be null. */
    private void people(int count) {
        shop.columns("people", List.of("id", "name", "town"), List.of("id"));
        for (int i = 0; i < count; i++) {
            shop.table("people").add(MemoryDatabase.record(i + "|name " + i + "|"));
        }
    }

    @Test
    void whatHasNotChangedIsTheSameAndNotRead() {
        people(100);
        BackupName backup = backup();
        long read = shop.readRecords();
        CompareReport report = compare(backup);
        assertThat(report.isSame()).isTrue();
        assertThat(report.schema().orElseThrow().isSame()).isTrue();
        assertThat(shop.readRecords()).isEqualTo(read);
        assertThat(report.keptBytes()).isPositive();
        assertThat(compare(backup, backup()).isSame()).isTrue();
    }

    @Test
    void rowsOfOneKeyHaveChangedTheOthersCameOrWent() {
        people(100);
        BackupName backup = backup();
        shop.table("people").set(42, MemoryDatabase.record("42|other|Ulm"));
        shop.table("people").remove(7);
        shop.table("people").add(MemoryDatabase.record("100|new|"));
        BackupName later = backup();
        for (CompareReport report : List.of(compare(backup), compare(backup, later))) {
            TableDifference people = table(report, "people");
            assertThat(List.of(people.inserted(), people.deleted(), people.changed()))
                    .containsExactly(1L, 1L, 1L);
            assertThat(people.samples()).hasSize(3);
            assertThat(people.samples())
                    .filteredOn(row -> row.before().isPresent() && row.after().isPresent())
                    .singleElement()
                    .satisfies(row -> {
                        assertThat(row.before().orElseThrow()).containsEntry("name", "name 42");
                        assertThat(row.before().orElseThrow()).containsEntry("town", null);
                        assertThat(row.after().orElseThrow())
                                .isEqualTo(Map.of("id", "42", "name", "other", "town", "Ulm"));
                    });
            assertThat(report.isSame()).isFalse();
        }
    }

    @Test
    void rowsThatOnlyMovedAreTheSame() {
        people(100);
        BackupName backup = backup();
        Collections.shuffle(shop.table("people"), new Random(1));
        shop.unreliable("people");
        assertThat(compare(backup).isSame()).isTrue();
        assertThat(compare(backup, backup()).isSame()).isTrue();
    }

    @Test
    void aColumnThatOneSideLacksIsNamedAndTheOthersAreCompared() {
        people(30);
        BackupName backup = backup();
        shop.columns("people", List.of("name", "id", "mail"), List.of("id"));
        List<byte[]> rows = shop.table("people");
        for (int i = 0; i < 30; i++) {
            rows.set(i, MemoryDatabase.record("name " + (i == 9 ? "x" : i) + "|" + i + "|m" + i));
        }
        shop.unreliable("people");
        for (CompareReport report : List.of(compare(backup), compare(backup, backup()))) {
            TableDifference people = table(report, "people");
            assertThat(List.of(people.inserted(), people.deleted(), people.changed()))
                    .containsExactly(0L, 0L, 1L);
            assertThat(people.notCompared()).containsExactly("town", "mail");
            assertThat(people.isSame()).isFalse();
        }
    }

    /** Fingerprints and digests go by the place of a column, people by its name. */
    @Test
    void columnsThatExchangedTheirNamesDiffer() {
        people(30);
        BackupName backup = backup();
        shop.columns("people", List.of("id", "town", "name"), List.of("id"));
        for (CompareReport report : List.of(compare(backup), compare(backup, backup()))) {
            assertThat(table(report, "people").changed()).isEqualTo(30);
        }
    }

    @Test
    void aTableThatWasEmptiedIsCountedAndNotRead() {
        people(100);
        BackupName backup = backup();
        shop.table("people").clear();
        assertThat(table(compare(backup), "people").deleted()).isEqualTo(100);
        assertThat(table(compare(backup, backup()), "people").deleted()).isEqualTo(100);
    }

    @Test
    void tablesThatOneSideLacksAreCounted() {
        people(15);
        shop.with("old", 12);
        BackupName backup = backup();
        shop.drop("old");
        shop.with("new", 25);
        for (CompareReport report : List.of(compare(backup), compare(backup, backup()))) {
            assertThat(table(report, "old").presence()).isEqualTo(Presence.BACKUP_ONLY);
            assertThat(table(report, "old").deleted()).isEqualTo(12);
            assertThat(table(report, "new").presence()).isEqualTo(Presence.OTHER_ONLY);
            assertThat(table(report, "new").inserted()).isEqualTo(25);
            assertThat(table(report, "people").isSame()).isTrue();
        }
    }

    @Test
    void onlyTheTablesThatAreNamedAreCompared() {
        people(15);
        shop.with("other", 5);
        BackupName backup = backup();
        shop.table("other").clear();
        CompareReport report = compare(backup, "people");
        assertThat(report.tables()).extracting(TableDifference::name).containsExactly("people");
        assertThat(report.schema()).isEmpty();
        assertThat(report.isSame()).isTrue();
        assertThatThrownBy(() -> compare(backup, "peopel"))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining("peopel");
    }

    @Test
    void schemasAreComparedObjectByObject() {
        shop.piece("schema.txt", "a: 1\nb: 2\nc: 3\n".getBytes(StandardCharsets.UTF_8));
        BackupName backup = backup();
        shop.piece("schema.txt", "c: 3\nb: two\nd: 4\n".getBytes(StandardCharsets.UTF_8));
        SchemaDifference schema = compare(backup).schema().orElseThrow();
        assertThat(schema.objects())
                .containsExactly(
                        new ObjectChange(Change.REMOVED, "a"),
                        new ObjectChange(Change.CHANGED, "b"),
                        new ObjectChange(Change.ADDED, "d"));
        assertThat(schema.unified())
                .contains("-a: 1\n", "-b: 2\n", "+b: two\n", "+d: 4\n")
                .doesNotContain("c: 3");
    }

    @Test
    void rowsWithoutAKeyComeAndGoAsOftenAsTheyAreThere() {
        for (int i = 0; i < 40; i++) {
            shop.table("log").add(MemoryDatabase.record("line " + i % 4));
        }
        BackupName backup = backup();
        shop.table("log").remove(0);
        shop.table("log").add(MemoryDatabase.record("line 1"));
        shop.table("log").add(MemoryDatabase.record("line 1"));
        TableDifference log = table(compare(backup), "log");
        assertThat(List.of(log.inserted(), log.deleted(), log.changed())).containsExactly(2L, 1L, 0L);
    }

    @Test
    void randomChangesAreCountedAsASimpleProgramCountsThem() {
        Seeds.of("CompareTest").rounds(40, random -> {
            var test = new CompareTest();
            boolean keyed = random.nextBoolean();
            test.shop.columns("t", List.of("id", "v"), keyed ? List.of("id") : List.of());
            test.fill(random, keyed, 300);
            List<String> before = test.rows();
            BackupName backup = test.backup();
            if (random.nextInt(4) == 0) {
                test.shop.unreliable("t");
            }
            for (int i = random.nextInt(60); i > 0; i--) {
                test.change(random, keyed);
            }
            List<String> after = test.rows();
            List<Long> expected = simply(before, after, keyed);
            for (CompareReport report : List.of(test.compare(backup), test.compare(backup, test.backup()))) {
                TableDifference found = table(report, "t");
                assertThat(List.of(found.inserted(), found.deleted(), found.changed()))
                        .isEqualTo(expected);
            }
        });
    }

    private List<String> rows() {
        return shop.table("t").stream()
                .map(row -> new String(row, StandardCharsets.UTF_8))
                .toList();
    }

    private void fill(Random random, boolean keyed, int most) {
        int count = random.nextInt(most);
        for (int i = 0; i < count; i++) {
            shop.table("t").add(row(keyed ? i : random.nextInt(9), random));
        }
    }

    private static byte[] row(int id, Random random) {
        return MemoryDatabase.record(id + "|" + random.nextInt(5));
    }

    private void change(Random random, boolean keyed) {
        List<byte[]> rows = shop.table("t");
        int at = rows.isEmpty() ? 0 : random.nextInt(rows.size());
        switch (random.nextInt(4)) {
            case 0 -> rows.add(at, row(keyed ? 1000 + rows.size() + random.nextInt(1 << 20) : 3, random));
            case 1 -> rows.subList(at, Math.min(at + 1, rows.size())).clear();
            case 2 -> Collections.rotate(rows, random.nextInt(3));
            default -> {
                if (!rows.isEmpty()) {
                    String id = new String(rows.get(at), StandardCharsets.UTF_8).replaceAll("\\|.*\n", "");
                    rows.set(at, row(Integer.parseInt(id), random));
                }
            }
        }
    }

    /** Inserted, deleted, changed: by counting each row, and then each key. */
    private static List<Long> simply(List<String> before, List<String> after, boolean keyed) {
        List<String> gone = new ArrayList<>(before);
        List<String> come = new ArrayList<>();
        for (String row : after) {
            if (!gone.remove(row)) {
                come.add(row);
            }
        }
        Map<String, Integer> keys = new HashMap<>();
        gone.forEach(row -> keys.merge(row.replaceAll("\\|.*\n", ""), 1, Integer::sum));
        long changed = keyed
                ? come.stream()
                        .filter(row -> keys.merge(row.replaceAll("\\|.*\n", ""), -1, Integer::sum) >= 0)
                        .count()
                : 0;
        return List.of(come.size() - changed, gone.size() - changed, changed);
    }
}
