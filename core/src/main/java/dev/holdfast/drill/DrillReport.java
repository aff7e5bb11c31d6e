package dev.holdfast.drill;

import dev.holdfast.error.Secrets;
import dev.holdfast.repository.BackupName;
import dev.holdfast.run.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a drill showed. It goes into files that others get, so no password that somebody wrote into a text is in it.
 *
 * @param at when it began, by our own clock
 * @param sandbox where it was, for people; empty when there was none
 * @param prepared what was made, shown or left out beforehand, one line each
 * @param restored how long the restore took, which is what a real one would take on this machine; empty when it failed
 */
public record DrillReport(
        Subject subject,
        Instant at,
        Optional<String> sandbox,
        List<String> prepared,
        List<DrillCheck> checks,
        Optional<Duration> restored,
        Duration took) {
    public DrillReport {
        sandbox = sandbox.map(Secrets::hidden);
        prepared = prepared.stream().map(Secrets::hidden).toList();
        checks = List.copyOf(checks);
    }

    /**
     * What was brought back.
     *
     * @param name the backup's name, or the file's
     * @param backup empty for a foreign dump
     * @param facts what is known of it beforehand, by their labels for people, in the order in which they are told
     */
    public record Subject(String name, Optional<BackupName> backup, Map<String, String> facts) {
        public Subject {
            name = Secrets.hidden(name);
            Map<String, String> hidden = new LinkedHashMap<>(facts);
            hidden.replaceAll((label, value) -> Secrets.hidden(value));
            facts = Collections.unmodifiableMap(hidden);
        }
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
