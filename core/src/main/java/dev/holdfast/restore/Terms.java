package dev.holdfast.restore;

import java.time.Duration;
import java.util.Optional;

/**
 * On what terms rows are put back in place.
 *
 * @param counted whether the plan is to say how many rows would change, for which all must be looked at; of no use where the answer is known
 * @param longestBlock how long writers may be kept waiting at most; when it takes longer, everything is left as it was
 * @param onto the name of the server's database whose rows are replaced, when it is not the one that the backup came from
 * @param withSafety whether there is a way back: a safety backup before the first change
 * @param withinGuard whether a guard takes back what it guarded, which keeps all others away
 */
public record Terms(
        boolean counted,
        Optional<Duration> longestBlock,
        Optional<String> onto,
        boolean withSafety,
        boolean withinGuard) {}
