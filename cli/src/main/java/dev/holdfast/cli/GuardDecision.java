package dev.holdfast.cli;

import dev.holdfast.config.GuardSettings.OnFailure;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.guard.GuardReport;
import dev.holdfast.run.Run;
import java.util.Optional;

/** Whether a guarded command is taken back: says first what has happened. Used by one thread. */
final class GuardDecision {
    private final Context context;
    private final Run run;
    private final OnFailure onFailure;
    private final boolean isProtected;
    private final Optional<String> confirmed;
    private boolean isTold;

    /**
     * @param confirmed the name that somebody gave beforehand, for a protected database
     */
    GuardDecision(Context context, Run run, OnFailure onFailure, boolean isProtected, Optional<String> confirmed) {
        this.context = context;
        this.run = run;
        this.onFailure = onFailure;
        this.isProtected = isProtected;
        this.confirmed = confirmed;
    }

    /** Decides, after having told. */
    boolean takesBack(GuardReport report) {
        isTold = true;
        GuardWords.print(report, context);
        String database = report.guarded().database();
        return switch (onFailure) {
            case KEEP -> false;
            case ROLLBACK -> !isProtected || isConfirmed(database);
            case ASK -> isAgreed(report);
        };
    }

    private boolean isConfirmed(String database) {
        if (confirmed.equals(Optional.of(database))) {
            return true;
        }
        context.say("database " + database + " is protected, so it is not taken back: --confirm with exactly its name"
                + " would have");
        return false;
    }

    /** Who interrupts the question has not agreed. */
    private boolean isAgreed(GuardReport report) {
        Optional<Keyboard> keyboard = context.terminal().keyboard();
        if (keyboard.isEmpty()) {
            return false;
        }
        String database = report.guarded().database();
        GuardWords.wayBack(report).forEach(context::say);
        var err = context.terminal().err();
        err.print(isProtected ? "Type the database's name to take it back: " : "Type yes to take it back: ");
        err.flush();
        try {
            return keyboard.get().line(run).equals(Optional.of(isProtected ? database : "yes"));
        } catch (HoldfastException e) {
            context.say(" interrupted, so it is not taken back");
            return false;
        }
    }

    /** Tells what came of it, and what has not been told yet. */
    void tell(GuardReport report) {
        if (!isTold) {
            GuardWords.print(report, context);
        }
        GuardWords.ending(report).forEach(context::say);
    }
}
