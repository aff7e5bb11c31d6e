package dev.holdfast.bench;

import java.util.Optional;

/**
 * What a process and its children used.
 *
 * @param userSeconds of processor time
 * @param systemSeconds of processor time
 * @param peakBytes the most resident memory that any one of the processes had
 */
record Usage(double userSeconds, double systemSeconds, Optional<Long> peakBytes) {
    double seconds() {
        return userSeconds + systemSeconds;
    }

    /** Of two that ran one after the other. */
    Usage then(Usage next) {
        return new Usage(
                userSeconds + next.userSeconds,
                systemSeconds + next.systemSeconds,
                peakBytes.flatMap(mine -> next.peakBytes.map(other -> Math.max(mine, other))));
    }
}
