package dev.holdfast.drill;

import dev.holdfast.engine.Sandbox;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.run.Run;
import dev.holdfast.run.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What was found so far, in order. A check is taken to have lasted since the one before it. Used by one thread. */
final class Checks {
    /** What these say is of this machine, not of the backup. */
    private static final Set<ErrorCode> NOT_OF_THE_BACKUP = Set.of(
            ErrorCode.UNSUPPORTED,
            ErrorCode.PROGRAM_MISSING,
            ErrorCode.UNREACHABLE,
            ErrorCode.DENIED,
            ErrorCode.STORE_FAILED,
            ErrorCode.TOO_NEW,
            ErrorCode.INTERRUPTED);

    private final Run run;
    private final List<DrillCheck> all = new ArrayList<>();
    private Instant last;

    Checks(Run run) {
        this.run = run;
        this.last = run.now();
    }

    /** A claim to be settled. */
    record Claim(String name, String what) {}

    /** What came before belongs to no check. */
    void begin() {
        last = run.now();
    }

    void passed(Claim claim, String found) {
        add(claim, Verdict.PASS, Optional.empty(), found);
    }

    void failed(Claim claim, String found) {
        add(claim, Verdict.FAIL, Optional.empty(), found);
    }

    void failed(Claim claim, String expected, String found) {
        add(claim, Verdict.FAIL, Optional.of(expected), found);
    }

    void undone(Claim claim, String why) {
        add(claim, Verdict.UNDETERMINED, Optional.empty(), why);
    }

    /** What somebody else has looked at; passed when nothing speaks against it. */
    void settle(Claim claim, Sandbox.Observation seen) {
        Verdict verdict = seen.undone().isPresent()
                ? Verdict.UNDETERMINED
                : seen.doubts().isPresent() ? Verdict.FAIL : Verdict.PASS;
        String found = seen.undone().or(seen::doubts).orElse("");
        all.add(new DrillCheck(claim.name(), claim.what(), verdict, Optional.empty(), found, seen.took()));
        begin();
    }

    /** Whoever was asked to stop does not begin the next one. */
    void next() {
        run.checkInterrupted();
        begin();
    }

    /** There was no place to look at it: never the fault of what was to be looked at. What was asked for wrongly is no check at all. */
    void without(Claim claim, HoldfastException e) {
        run.checkInterrupted(); // a terminal's signal ends programs, too
        if (e.code() == ErrorCode.INTERRUPTED || e.code() == ErrorCode.BAD_USAGE) {
            throw e;
        }
        undone(claim, words(e));
    }

    /** An error came instead of an answer: the backup's fault, or that of what is around it. Being interrupted is no answer at all. */
    void broken(Claim claim, HoldfastException e) {
        run.checkInterrupted();
        if (e.code() == ErrorCode.INTERRUPTED) {
            throw e;
        }
        if (NOT_OF_THE_BACKUP.contains(e.code())) {
            undone(claim, words(e));
        } else {
            failed(claim, words(e));
        }
    }

    static String words(HoldfastException e) {
        return e.getMessage() + e.hint().map(hint -> " (" + hint + ")").orElse("");
    }

    private void add(Claim claim, Verdict verdict, Optional<String> expected, String found) {
        Instant now = run.now();
        all.add(new DrillCheck(claim.name(), claim.what(), verdict, expected, found, Duration.between(last, now)));
        last = now;
    }

    List<DrillCheck> all() {
        return List.copyOf(all);
    }
}
