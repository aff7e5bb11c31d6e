package dev.holdfast.backup;

import dev.holdfast.repository.KnownPack;
import dev.holdfast.repository.PackState;
import dev.holdfast.repository.Repository;
import dev.holdfast.repository.Sha256;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Severity;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks at the packs that the parent names before anything is shared with them: each must be there with its length, and at least one in
 * thirty is hashed again, longest unread first. What is damaged is not shared, so its rows are stored anew.
 */
final class Rereading {
    /** Every n-th pack is hashed again by each backup. */
    static final int SHARE = 30;

    private final Repository repository;
    private final Run run;
    private final Map<Sha256, Instant> readAt = new HashMap<>();
    private long bytes;

    Rereading(Repository repository, Run run) {
        this.repository = repository;
        this.run = run;
    }

    /** Looks whether each pack is there with its length. */
    void look(Parent parent) {
        for (KnownPack pack : List.copyOf(parent.packs())) {
            if (!repository.holds(pack)) {
                avoid(parent, pack, "is missing or cut");
            }
        }
    }

    /** Hashes a share of the packs again. */
    void hashSome(Parent parent) {
        List<KnownPack> longestUnread = parent.packs().stream()
                .sorted(Comparator.comparing(KnownPack::readAt).thenComparing(KnownPack::pack))
                .limit((parent.packs().size() + SHARE - 1) / SHARE)
                .toList();
        for (KnownPack pack : longestUnread) {
            run.checkInterrupted();
            PackState state = repository.check(pack.pack());
            if (state instanceof PackState.Whole whole) {
                readAt.put(pack.pack(), Instant.ofEpochSecond(run.now().getEpochSecond()));
                bytes += whole.length();
            } else {
                avoid(parent, pack, describe(state));
            }
        }
    }

    private static String describe(PackState state) {
        if (state instanceof PackState.Damaged damaged) {
            return "is damaged (" + damaged.reason() + ")";
        }
        return state instanceof PackState.Unreadable unread ? "cannot be read (" + unread.reason() + ")" : "is missing";
    }

    private void avoid(Parent parent, KnownPack pack, String why) {
        parent.avoid(Set.of(pack.pack()));
        run.finding(new Finding(
                Severity.WARNING,
                "damaged_pack",
                pack.pack().hex(),
                "pack " + pack.pack() + " " + why + "; what it held is stored anew. Run 'holdfast verify' to see which"
                        + " backups it damages"));
    }

    /** The packs that were hashed again, and when. */
    Map<Sha256, Instant> readAt() {
        return readAt;
    }

    /** How many bytes were hashed again. */
    long bytes() {
        return bytes;
    }
}
