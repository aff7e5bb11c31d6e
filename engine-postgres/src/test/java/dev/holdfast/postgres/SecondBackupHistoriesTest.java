package dev.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.postgres.testing.TestStandby;
import dev.holdfast.repository.Head;
import dev.holdfast.repository.Reuse;
import dev.holdfast.testing.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Random lives of databases, in which each backup that keeps what seems unchanged is what a full read of that moment gives. */
final class SecondBackupHistoriesTest {
    /** Between two things that happen to the server. */
    private static final int STEPS = Seeds.soak(Duration.ZERO).isZero() ? 5 : 30;

    private static final int MOST_EVENTS = 6;

    /** How often a second look is taken, at the digests. */
    private static final int DIGESTS_EACH = 6;

    private final Map<String, Integer> happened = new TreeMap<>();
    private int steps;
    private long kept;
    private long read;

    @Test
    void everySecondBackupOfARandomHistoryIsWhatAFullReadGives() {
        try {
            Seeds.of("SecondBackupHistoriesTest").rounds(1, random -> {
                var events = new SecondEvents(happened);
                for (int major : majors()) {
                    try (var world = new SecondWorld(major, new Random(random.nextLong()))) {
                        live(world, events);
                    } catch (AssertionError e) {
                        throw new AssertionError("PostgreSQL " + major + ": " + e.getMessage(), e);
                    }
                }
            });
        } finally {
            Seeds.print("second backups: " + steps + " steps, " + kept + " ranges kept, " + read + " read; events: "
                    + happened);
        }
        assertThat(happened.values()).as("%s", happened).doesNotContain(0);
        assertThat(kept).as("ranges kept beside " + read + " read").isPositive();
    }

    /** Numbers of transactions are looked at in two ways, which the oldest and the newest show; a soak has all majors. */
    private static Collection<Integer> majors() {
        List<Integer> all = TestServers.majors();
        return Seeds.soak(Duration.ZERO).isZero() ? new TreeSet<>(List.of(all.get(0), all.get(all.size() - 1))) : all;
    }

    /** What is read while it follows, and what it says for itself once it was promoted, is one history of backups. */
    @EachPostgres
    void everySecondBackupOfAStandbyThatIsPromotedIsWhatAFullReadGives(TestServer like) {
        assumeTrue(TestStandby.canBeMade(like));
        Random random = Seeds.of("SecondBackupHistoriesTest, standby").random();
        var events = new SecondEvents(happened);
        try (var world = new SecondWorld(like.major(), random);
                TestStandby standby = TestStandby.of(world.server(), Map.of())) {
            String database = world.database.name();
            var backups = new SecondBackups(world.server(), standby.url(database));
            for (int i = 0; i < STEPS; i++) {
                List<String> what = new ArrayList<>();
                for (int j = 0; j < MOST_EVENTS; j++) {
                    what.add(events.next(world));
                }
                standby.catchUp();
                compare(backups, what);
                world.backupWasTaken();
            }
            standby.catchUp();
            standby.promote();
            compare(backups, List.of("promotion"));
            long before = kept;
            standby.must(database, "INSERT INTO relived VALUES ('after the promotion')");
            compare(backups, List.of("an insert after the promotion"));
            assertThat(kept).isGreaterThan(before);
        }
    }

    private void live(SecondWorld world, SecondEvents events) {
        var backups = new SecondBackups(world.database);
        backups.take();
        List<ServerEvent> toServer = new ArrayList<>(Arrays.asList(ServerEvent.values()));
        Collections.shuffle(toServer, world.random);
        for (ServerEvent event : toServer) {
            for (int i = 0; i < STEPS; i++) {
                step(world, events, backups);
            }
            event.happen(world, backups::take);
            happened.merge(event.name(), 1, Integer::sum);
            compare(backups, List.of(event.name()));
        }
        do {
            step(world, events, backups);
        } while (world.server().major() == TestServers.newest().major() && events.areMissing());
    }

    private void step(SecondWorld world, SecondEvents events, SecondBackups backups) {
        List<String> what = new ArrayList<>();
        for (int i = world.random.nextInt(MOST_EVENTS); i >= 0; i--) {
            what.add(events.next(world));
        }
        compare(backups, what);
        world.backupWasTaken();
    }

    private void compare(SecondBackups backups, List<String> what) {
        Head head = backups.take();
        Reuse reuse = SecondBackups.reuse(head);
        String when = "step " + steps + " after " + what + ": " + reuse;
        assertThat(backups.wrong(head)).as("%s", when).isEmpty();
        if (steps % DIGESTS_EACH == 0) {
            SecondBackups full = backups.elsewhere();
            assertThat(backups.tallies(head)).as("%s", when).isEqualTo(full.tallies(full.take()));
        }
        steps++;
        kept += reuse.kept().ranges();
        read += reuse.read().ranges();
    }
}
