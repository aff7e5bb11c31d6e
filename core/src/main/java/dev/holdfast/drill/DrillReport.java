package dev.holdfast.drill;

import dev.holdfast.repository.BackupName;
import dev.holdfast.run.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a drill showed.
 *
 * @param sandbox where it was, for people; empty when there was none
 * @param prepared what was made or left out beforehand, one line each
 * @param restored how long the restore took, which is what a real one would take on this machine; empty when it failed
 */
public record DrillReport(
        BackupName backup,
        Instant at,
        Optional<String> sandbox,
        List<String> prepared,
        List<DrillCheck> checks,
        Optional<Duration> restored,
        Duration took) {
    public DrillReport {
        prepared = List.copyOf(prepared);
        checks = List.copyOf(checks);
    }

    /** Passed only when every check did; one that failed outranks one that nobody could do. */
    public Verdict verdict() {
        if (count(Verdict.FAIL) > 0) {
            return Verdict.FAIL;
        }
        return count(Verdict.UNDETERMINED) > 0 || checks.isEmpty() ? Verdict.UNDETERMINED : Verdict.PASS;
    }

    /** How many checks came to that. */
    public long count(Verdict verdict) {
        return checks.stream().filter(check -> check.verdict() == verdict).count();
    }
}
