package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.json.JsonObject;
import dev.holdfast.postgres.testing.OldestAndNewestPostgres;
import dev.holdfast.postgres.testing.PsqlSession;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.restore.InPlaceStep;
import dev.holdfast.testing.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions write all the time while rows are put back: what any of them had committed is in the target or in the safety backup. */
@Timeout(300)
final class InPlaceWritersTest {
    private static final int WRITERS = 4;
    private static final int ROWS = 2000;
    private static final int BEFORE = 60;
    private static final int AFTERWARDS = 30;

    @TempDir
    private Path folder;

    @OldestAndNewestPostgres
    void whatWasCommittedIsInTheTargetOrInTheSafetyBackup(TestServer server) {
        Seeds.of("InPlaceWritersTest").rounds(1, random -> {
            try (TestDatabase shop = server.fresh();
                    TestDatabase copy = server.database(shop.name() + "_safety")) {
                restoreUnderWriters(shop, copy, random);
            }
        });
    }

    private void restoreUnderWriters(TestDatabase shop, TestDatabase copy, Random random) {
        shop.must("CREATE TABLE kept (w int, n int, v text, PRIMARY KEY (w, n));"
                + " INSERT INTO kept SELECT w, n, 'as in the backup' FROM generate_series(1, " + WRITERS
                + ") w, generate_series(1, " + ROWS + ") n");
        Cli cli = Cli.of(shop, folder.resolve(shop.name()));
        String backup = cli.run("backup").well().lastLine();
        List<Writer> writers = IntStream.rangeClosed(1, WRITERS)
                .mapToObj(number -> new Writer(shop, number, new Random(random.nextLong())))
                .toList();
        writers.forEach(Thread::start);
        writers.forEach(writer -> writer.awaitCommitted(BEFORE));
        List<Integer> already = writers.stream().map(Writer::committed).toList();

        When written = When.at(InPlaceStep.COMMIT, () -> {
            assertThat(shop.must("SET lock_timeout = '1s'; SELECT count(*) > 0 FROM kept"))
                    .isEqualTo("t");
            assertThat(shop.server()
                            .psql(shop.name(), "SET lock_timeout = '100ms'; DELETE FROM kept")
                            .exit())
                    .isNotZero();
        });
        Ran ran = cli.run(written, "restore", backup, "--yes", "--json").well();
        assertThat(written.happened()).isTrue();
        writers.forEach(writer -> writer.awaitCommitted(writer.committed() + AFTERWARDS));
        writers.forEach(Writer::end);
        JsonObject report = ran.json();

        cli.run("restore", report.string("safety_backup"), "--into", copy.name())
                .well();
        for (int i = 0; i < WRITERS; i++) {
            writers.get(i).assertNothingIsLost(copy, shop, already.get(i));
        }
        cli.run("verify").well();
    }

    /** One change of a transaction: the row has that value from now on, or is gone when that is empty. */
    private record Change(int row, String value) {}

    /** Somebody who inserts, updates and deletes rows of his own, and remembers what the server has acknowledged. */
    private static final class Writer extends Thread {
        private final TestDatabase shop;
        private final int number;
        private final Random random;
        private final List<List<Change>> committed = new ArrayList<>();
        private int newest = ROWS;
        private volatile boolean ending;
        private volatile Throwable failure = new Throwable("none");

        Writer(TestDatabase shop, int number, Random random) {
            this.shop = shop;
            this.number = number;
            this.random = random;
            setDaemon(true);
        }

        @Override
        public void run() {
            try (var session = new PsqlSession(shop)) {
                while (!ending) {
                    List<Change> changes = new ArrayList<>();
                    var sql = new StringBuilder("BEGIN");
                    for (int i = 0; i <= random.nextInt(3); i++) {
                        changes.add(change(sql, committed() + "." + i));
                    }
                    session.must(sql + "; COMMIT");
                    synchronized (committed) {
                        committed.add(changes);
                        committed.notifyAll();
                    }
                }
            } catch (RuntimeException | AssertionError e) {
                failure = e;
            }
        }

        private Change change(StringBuilder sql, String value) {
            int kind = random.nextInt(3);
            int row = kind == 0 ? ++newest : 1 + random.nextInt(newest);
            String where = " WHERE w = " + number + " AND n = " + row;
            sql.append(
                    switch (kind) {
                        case 0 -> "; INSERT INTO kept VALUES (" + number + ", " + row + ", '" + value + "')";
                        case 1 -> "; DELETE FROM kept" + where;
                        default -> "; UPDATE kept SET v = '" + value + "'" + where;
                    });
            return new Change(row, kind == 0 ? "+" + value : kind == 1 ? "" : value);
        }

        int committed() {
            synchronized (committed) {
                return committed.size();
            }
        }

        void awaitCommitted(int count) {
            synchronized (committed) {
                try {
                    while (committed.size() < count && isAlive()) {
                        committed.wait(100);
                    }
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            assertThat(committed()).as("%s", failure).isGreaterThanOrEqualTo(count);
        }

        void end() {
            ending = true;
            try {
                join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Some moment divides what was committed: what came before it is in the safety backup, what came after it in the target. */
        void assertNothingIsLost(TestDatabase safety, TestDatabase target, int already) {
            Map<Integer, String> kept = rows(safety);
            Map<Integer, String> now = rows(target);
            Map<Integer, String> before = backup();
            committed.subList(0, already).forEach(changes -> apply(changes, before));
            int moment = already;
            while (!before.equals(kept) && moment < committed.size()) {
                apply(committed.get(moment++), before);
            }
            assertThat(before).as("what writer %s had committed", number).isEqualTo(kept);
            Map<Integer, String> after = after(moment);
            while (!now.equals(after) && moment < committed.size() && changesNothing(committed.get(moment), before)) {
                after = after(++moment); // as well before it: an update of a row that was not there, say
            }
            assertThat(now).as("what writer %s committed later", number).isEqualTo(after);
        }

        private Map<Integer, String> after(int moment) {
            Map<Integer, String> rows = backup();
            committed.subList(moment, committed.size()).forEach(changes -> apply(changes, rows));
            return rows;
        }

        private static boolean changesNothing(List<Change> changes, Map<Integer, String> rows) {
            Map<Integer, String> changed = new TreeMap<>(rows);
            apply(changes, changed);
            return changed.equals(rows);
        }

        private static Map<Integer, String> backup() {
            Map<Integer, String> rows = new TreeMap<>();
            IntStream.rangeClosed(1, ROWS).forEach(row -> rows.put(row, "as in the backup"));
            return rows;
        }

        private static void apply(List<Change> changes, Map<Integer, String> rows) {
            for (Change change : changes) {
                if (change.value.startsWith("+")) {
                    rows.put(change.row, change.value.substring(1));
                } else if (change.value.isEmpty()) {
                    rows.remove(change.row);
                } else {
                    rows.computeIfPresent(change.row, (row, value) -> change.value);
                }
            }
        }

        private Map<Integer, String> rows(TestDatabase database) {
            Map<Integer, String> rows = new TreeMap<>();
            database.must("SELECT n, v FROM kept WHERE w = " + number)
                    .lines()
                    .forEach(line -> rows.put(
                            Integer.valueOf(line.substring(0, line.indexOf('|'))),
                            line.substring(line.indexOf('|') + 1)));
            return rows;
        }
    }
}
