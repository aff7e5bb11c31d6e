package dev.holdfast.guard;

import dev.holdfast.error.Secrets;
import dev.holdfast.repository.BackupName;
import dev.holdfast.run.RunId;
import dev.holdfast.run.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a guarded command came to.
 *
 * @param ended how the command ended
 * @param taken what became of taking it back; empty as long as that was not tried
 * @param after the backup of the new state, if one was taken
 * @param took from begin to end
 */
public record GuardReport(
        Guarded guarded,
        Command.Ended ended,
        Judgment judgment,
        Optional<TakenBack> taken,
        Optional<BackupName> after,
        Duration took) {
    /**
     * What was guarded.
     *
     * @param run the guard's, which is on record
     * @param backup from before the command
     * @param database the database's name
     * @param command as people may read it
     */
    public record Guarded(RunId run, BackupName backup, String database, String command) {}

    /**
     * What was seen of it.
     *
     * @param checks what was asked, in that order
     * @param changes empty when nobody could look; {@code trouble} says why
     * @param atWork sessions and transactions that began with the command and are still at work, for people
     * @param trouble what went wrong with the guard itself after the command had begun, one line each
     */
    public record Judgment(List<Check> checks, Optional<Changes> changes, List<String> atWork, List<String> trouble) {
        public Judgment {
            atWork = List.copyOf(atWork);
            checks = List.copyOf(checks);
            trouble = List.copyOf(trouble);
        }

        Judgment and(List<Check> more) {
            return new Judgment(Stream.concat(checks.stream(), more.stream()).toList(), changes, atWork, trouble);
        }

        Judgment but(List<String> more) {
            return new Judgment(
                    checks,
                    changes,
                    atWork,
                    Stream.concat(trouble.stream(), more.stream()).toList());
        }
    }

    /**
     * A condition beside the exit code.
     *
     * @param what was asked
     * @param doubts what speaks against it, or why it was not asked; empty when it holds
     */
    public record Check(String what, boolean isAsked, Optional<String> doubts) {
        static Check of(String what, Optional<String> doubts) {
            return new Check(Secrets.hidden(what), true, doubts.map(Secrets::hidden));
        }

        static Check skipped(String what, String why) {
            return new Check(Secrets.hidden(what), false, Optional.of(why));
        }

        /** Whether it was asked, and does not hold. */
        public boolean isFailed() {
            return isAsked && doubts.isPresent();
        }
    }

    /**
     * How it was taken back.
     *
     * @param how for people
     * @param safety the backup of the state that was taken back
     * @param failure why it failed, which leaves the database as it was; empty when it did not
     * @param unknown whether it failed so that nobody knows in which state the database is
     */
    public record TakenBack(String how, Optional<BackupName> safety, Optional<String> failure, boolean unknown) {
        public boolean isDone() {
            return failure.isEmpty();
        }
    }

    /** Whether the command itself says that it went well. */
    public boolean isEndedWell() {
        return ended.exit() == 0;
    }

    public List<Check> failedChecks() {
        return judgment.checks().stream()
                .filter(check -> check.doubts().isPresent())
                .toList();
    }

    /** Failed when the command or a check did; undetermined when the guard could not look. */
    public Verdict verdict() {
        if (!isEndedWell() || !failedChecks().isEmpty()) {
            return Verdict.FAIL;
        }
        return judgment.trouble().isEmpty() ? Verdict.PASS : Verdict.UNDETERMINED;
    }

    /** Whether the server says that there is nothing to take back. */
    public boolean isUntouched() {
        return judgment.changes().filter(Changes::isUntouched).isPresent();
    }

    /** Whether it was taken back, and the database is as before. */
    public boolean isTakenBack() {
        return taken.filter(TakenBack::isDone).isPresent();
    }

    GuardReport with(Judgment seen) {
        return new GuardReport(guarded, ended, seen, taken, after, took);
    }

    GuardReport with(TakenBack back) {
        return new GuardReport(guarded, ended, judgment, Optional.of(back), after, took);
    }

    GuardReport with(Optional<BackupName> backupAfter, Duration all) {
        return new GuardReport(guarded, ended, judgment, taken, backupAfter, all);
    }
}
