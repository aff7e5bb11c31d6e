package dev.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.repository.Head;
import dev.holdfast.repository.Reuse;
import dev.holdfast.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random lives of databases, in which each backup that keeps what seems unchanged is what a full read of that moment gives. */
final class SecondBackupHistoriesTest {
    /** Between two things that happen to the server. */
    private static final int STEPS = 5;

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
                for (int major : TestServers.majors()) {
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

    private void live(SecondWorld world, SecondEvents events) {
        var backups = new SecondBackups(world.database);
        backups.take();
        List<ServerEvent> toServer = new ArrayList<>(Arrays.asList(ServerEvent.values()));
        Collections.shuffle(toServer, world.random);
        for (ServerEvent event : toServer) {
            for (int i = 0; i < STEPS; i++) {
                step(world, events, backups);
            }
            event.happen(world);
            happened.merge(event.name(), 1, Integer::sum);
            compare(backups, backups.take(), List.of(event.name()));
        }
        step(world, events, backups);
    }

    private void step(SecondWorld world, SecondEvents events, SecondBackups backups) {
        List<String> what = new ArrayList<>();
        for (int i = world.random.nextInt(MOST_EVENTS); i >= 0; i--) {
            what.add(events.next(world));
        }
        compare(backups, backups.take(), what);
        world.backupWasTaken();
    }

    private void compare(SecondBackups backups, Head head, List<String> what) {
        Reuse reuse = SecondBackups.reuse(head);
        String when = "step " + steps + " after " + what + ": " + reuse;
        assertThat(backups.wrong(head)).as(when).isEmpty();
        if (steps % DIGESTS_EACH == 0) {
            SecondBackups full = backups.elsewhere();
            assertThat(backups.tallies(head)).as(when).isEqualTo(full.tallies(full.take()));
        }
        steps++;
        kept += reuse.kept().ranges();
        read += reuse.read().ranges();
    }
}
