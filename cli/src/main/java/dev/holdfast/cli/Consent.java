package dev.holdfast.cli;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.run.Run;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * What every verb that destroys something asks before it begins, with the options that answer beforehand. A protected database wants its
 * name; without an answer nothing is done.
 */
final class Consent {
    private static final String YES = "yes";

    @Option(names = "--yes", description = "Go on without asking. For a protected database this is not enough.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Print the plan and change nothing.")
    private boolean dryRun;

    @Option(
            names = "--confirm",
            paramLabel = "NAME",
            description = "Go on without asking, if this is the database's name; also for a protected one.")
    private @Nullable String confirmed;

    /**
     * What would be done.
     *
     * @param text for people: one line or more
     * @param json the same for programs
     * @param database the name of the database that would be changed
     * @param isProtected whether it has the marker of {@code holdfast protect}
     * @param wantsName whether a yes is not enough: for a protected one it never is
     */
    record Plan(String text, JsonObject json, String database, boolean isProtected, boolean wantsName) {
        Plan(String text, JsonObject json, String database, boolean isProtected) {
            this(text, json, database, isProtected, isProtected);
        }
    }

    /** Whether to go on; where not, all has been said, and the command ends with the exit code. */
    enum Answer {
        GO_ON(ExitCode.DONE),
        /** Only the plan was wanted. */
        PLANNED(ExitCode.DONE),
        REFUSED(ExitCode.NOT_DONE);

        private final int exit;

        Answer(int exit) {
            this.exit = exit;
        }

        int exit() {
            return exit;
        }
    }

    /** Whether an option answers, so that nobody waits for the plan to decide by it. */
    boolean isForeseen() {
        return !dryRun && (yes || confirmed != null);
    }

    /** Whether any of the options was given. */
    boolean areAny() {
        return dryRun || yes || confirmed != null;
    }

    /** Shows the plan and finds out whether somebody agrees. Waits for a person where there is one, until the run is asked to stop. */
    Answer ask(Context context, Run run, Plan plan) {
        if (dryRun) {
            show(context, plan, Optional.empty());
            return Answer.PLANNED;
        }
        if (confirmed != null && !confirmed.equals(plan.database)) {
            return unasked(context, plan, "--confirm " + confirmed + " is not the database's name");
        }
        if (confirmed != null || (yes && !plan.wantsName)) {
            if (!context.json() && context.verbosity() >= 0) {
                context.say(text(plan));
            }
            return Answer.GO_ON;
        }
        Optional<Keyboard> keyboard =
                context.json() ? Optional.empty() : context.terminal().keyboard();
        if (keyboard.isPresent()) {
            return asked(context, run, plan, keyboard.get());
        }
        return unasked(
                context,
                plan,
                yes
                        ? "--yes is not enough for " + (plan.isProtected ? "a protected" : "this") + " database"
                        : "nobody was there to agree");
    }

    /** Plan and question stand together where words go: whoever keeps the answer in a file must see what is asked. */
    private static Answer asked(Context context, Run run, Plan plan, Keyboard keyboard) {
        String wanted = plan.wantsName ? plan.database : YES;
        context.say(text(plan));
        var err = context.terminal().err();
        err.print(plan.wantsName ? "Type the database's name to go on: " : "Type yes to go on: ");
        err.flush();
        Optional<String> line = keyboard.line(run);
        if (line.isEmpty()) {
            err.println();
        }
        if (line.equals(Optional.of(wanted))) {
            return Answer.GO_ON;
        }
        String answered = plan.wantsName ? "the answer was not the database's name" : "the answer was not yes";
        ErrorWords.print(refusal(line.isEmpty() ? "there was no answer" : answered), err);
        return Answer.REFUSED;
    }

    private static Answer unasked(Context context, Plan plan, String why) {
        String name = "database " + plan.database + (plan.isProtected ? " is protected: " : ": ");
        HoldfastException refusal = refusal(why)
                .withHint(
                        plan.wantsName
                                ? name + "--confirm with exactly its name goes on"
                                : name + "--yes goes on, --dry-run only prints the plan");
        show(context, plan, Optional.of(refusal));
        ErrorWords.print(refusal, context.terminal().err());
        return Answer.REFUSED;
    }

    private static HoldfastException refusal(String why) {
        return new HoldfastException(ErrorCode.NOT_CONFIRMED, "nothing was changed: " + why);
    }

    /** The plan is the answer. */
    private static void show(Context context, Plan plan, Optional<HoldfastException> refusal) {
        if (!context.json()) {
            context.progress().clear();
            context.terminal().out().println(text(plan));
            return;
        }
        var json = new JsonObject()
                .put("database", plan.database)
                .put("protected", plan.isProtected)
                .put("changed", false)
                .put("plan", plan.json);
        refusal.ifPresent(error -> json.put("error", ErrorWords.json(error)));
        context.answer(json);
    }

    /** Control characters in a name must not move the reader's terminal. */
    private static String text(Plan plan) {
        return plan.text.replaceAll("[\\p{Cntrl}&&[^\n]]+", " ");
    }
}
