package dev.holdfast.postgres;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What can happen to a database between two backups, and how often it did. Dealt like cards, so that each happens. */
final class SecondEvents {
    private static final Pattern NAME = Pattern.compile("-- name: (.*)\n");

    private final Map<String, Predicate<SecondWorld>> events = new LinkedHashMap<>();
    private final List<String> deck = new ArrayList<>();
    private final Map<String, Integer> happened;

    /**
     * @param happened where it is counted how often each event happened
     */
    SecondEvents(Map<String, Integer> happened) {
        this.happened = happened;
        String all = SecondWorld.text("events");
        var name = NAME.matcher(all);
        String[] bodies = NAME.split(all, -1);
        for (int i = 1; name.find(); i++) {
            String sql = bodies[i];
            events.put(name.group(1), world -> world.run(0, world.filled(sql)));
        }
        events.put("sessions interleaved", SecondEvents::interleaved);
        events.put("rows locked by two, update rolled back", SecondEvents::lockedByTwo);
        events.put("open across a backup, then committed", world -> open(world, "COMMIT"));
        events.put("open across a backup, then rolled back", world -> open(world, "ROLLBACK"));
        events.put("prepared, then committed", world -> prepared(world, "COMMIT PREPARED"));
        events.put("prepared, then rolled back", world -> prepared(world, "ROLLBACK PREPARED"));
        events.keySet().forEach(each -> happened.putIfAbsent(each, 0));
    }

    /** Lets the next event happen; what cannot happen now comes again later. */
    String next(SecondWorld world) {
        if (deck.isEmpty()) {
            deck.addAll(events.keySet());
            Collections.shuffle(deck, world.random);
        }
        String name = deck.remove(deck.size() - 1);
        if (events.getOrDefault(name, any -> false).test(world)) {
            happened.merge(name, 1, Integer::sum);
            return name;
        }
        deck.add(0, name);
        return "(not now: " + name + ")";
    }

    /** Whether some event has never happened. */
    boolean areMissing() {
        return happened.containsValue(0);
    }

    private static boolean interleaved(SecondWorld world) {
        String insert =
                "INSERT INTO $any (id, n, pad) SELECT $new * 100 + i, i, repeat('o', 350) FROM generate_series(1, $few) i";
        boolean begun = world.run(1, "BEGIN") && world.run(2, "BEGIN");
        boolean written = begun
                && world.run(1, world.filled(insert))
                && world.run(2, world.filled(insert))
                && world.run(1, world.filled(insert))
                && world.run(2, world.filled(insert));
        world.run(1, "COMMIT");
        world.run(2, world.random.nextBoolean() ? "COMMIT" : "ROLLBACK");
        return written;
    }

    /** Both lock the keys of the same rows, which makes a multixact; one of them updates, in vain. */
    private static boolean lockedByTwo(SecondWorld world) {
        String lock =
                world.filled("SELECT count(*) FROM (SELECT id FROM $any WHERE id % 7 = $few FOR KEY SHARE) locked");
        boolean locked = world.run(1, "BEGIN; " + lock)
                && world.run(2, "BEGIN; " + lock)
                && world.run(2, world.filled("UPDATE $any SET pad = 'in vain $new' WHERE id % 7 = $few"));
        world.run(2, "ROLLBACK");
        world.run(1, "COMMIT");
        return locked;
    }

    private static boolean write(SecondWorld world, int session) {
        return world.run(session, "BEGIN")
                && world.run(session, world.filled("UPDATE $any SET pad = 'open $new' WHERE id % 11 = $few"))
                && world.run(session, world.filled("INSERT INTO $any (id, n) VALUES ($new * 100, $few)"));
    }

    private static boolean open(SecondWorld world, String end) {
        boolean open = write(world, 1);
        world.afterTheBackup(() -> world.run(1, end));
        return open;
    }

    private static boolean prepared(SecondWorld world, String end) {
        String name = world.filled("'p$new'");
        boolean prepared = write(world, 2) && world.run(2, "PREPARE TRANSACTION " + name);
        if (prepared) {
            world.afterTheBackup(() -> world.run(2, end + " " + name));
        }
        return prepared;
    }
}
