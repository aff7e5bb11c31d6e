package dev.holdfast.cli;

import dev.holdfast.Holdfast;
import dev.holdfast.backup.BackupRequest;
import dev.holdfast.error.Aftermath;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.Kind;
import dev.holdfast.restore.InPlacePlan;
import dev.holdfast.restore.InPlaceReport;
import dev.holdfast.restore.InPlaceRequest;
import dev.holdfast.restore.Selection;
import dev.holdfast.restore.SwapReport;
import dev.holdfast.restore.SwapRequest;
import dev.holdfast.run.Run;
import dev.holdfast.run.RunId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Brings a backup back to where it came from, after the question whether to: in place, or by an exchange of databases. */
final class LiveRestore {
    private final Context context;
    private final Holdfast holdfast;
    private final Consent consent;
    private final int jobs;
    private final boolean owners;
    private final InPlaceOptions options;

    LiveRestore(Context context, Holdfast holdfast, Consent consent, int jobs, boolean owners, InPlaceOptions options) {
        this.context = context;
        this.holdfast = holdfast;
        this.consent = consent;
        this.jobs = jobs;
        this.owners = owners;
        this.options = options;
    }

    /**
     * In place; the exit code.
     *
     * @param takesBack the run that this one takes back, if it does
     * @param onto the other database that is put back, if it is one
     */
    int inPlace(BackupName name, Optional<RunId> takesBack, Selection selection, Optional<String> onto) {
        Outcome outcome = restore(name, takesBack, selection, onto);
        return end(outcome.answer(), outcome.report(), InPlaceWords::json, InPlaceWords::lines);
    }

    /**
     * What became of a restore in place.
     *
     * @param report empty when nobody agreed
     */
    record Outcome(Consent.Answer answer, Optional<InPlaceReport> report) {}

    /** In place; what came of it is not told yet. */
    Outcome restore(BackupName name, Optional<RunId> takesBack, Selection selection, Optional<String> onto) {
        Run run = newRun();
        var asked = new Asked(run);
        var request = new InPlaceRequest(
                name, safety(name), takesBack, selection, options.terms(!consent.isForeseen(), onto));
        Optional<InPlaceReport> report =
                holdfast.restoreInPlace(run, context.url(), request, options.safetyTo(context), asked::isAgreed);
        return new Outcome(asked.answer, report);
    }

    private Run newRun() {
        Run run = holdfast.newRun();
        context.interruptible(run, Aftermath.NOT_PUT_BACK);
        return run;
    }

    /** Says what was done, if it was; the exit code. */
    private <T> int end(
            Consent.Answer answer, Optional<T> report, Function<T, JsonObject> json, Function<T, List<String>> lines) {
        if (report.isEmpty()) {
            return answer.exit();
        }
        if (context.json()) {
            context.answer(json.apply(report.get()));
        } else {
            lines.apply(report.get()).forEach(context.terminal().out()::println);
        }
        return ExitCode.DONE;
    }

    /** What came of the question whether to go on. */
    private final class Asked {
        private final Run run;
        private Consent.Answer answer = Consent.Answer.REFUSED;

        Asked(Run run) {
            this.run = run;
        }

        /** Whoever replaces another database types its name. */
        boolean isAgreed(InPlacePlan plan) {
            String text = String.join("\n", InPlaceWords.lines(plan));
            boolean wantsName = plan.isProtected() || plan.terms().onto().isPresent();
            return isAgreed(
                    new Consent.Plan(text, InPlaceWords.json(plan), plan.database(), plan.isProtected(), wantsName));
        }

        boolean isAgreed(Consent.Plan plan) {
            answer = consent.ask(context, run, plan);
            return answer == Consent.Answer.GO_ON;
        }
    }

    private BackupRequest safety(BackupName name) {
        return context.ownBackup(Kind.SAFETY, "before restoring " + name + " in its place", jobs);
    }

    /** By an exchange; the exit code. */
    int swap(BackupName name, Optional<RunId> takesBack) {
        String database = context.databaseName()
                .orElseThrow(() -> new HoldfastException(
                                ErrorCode.BAD_USAGE, "say which database is to be replaced with --db")
                        .withHint("it looks like postgresql://user@host:5432/name"));
        Run run = newRun();
        var request = new SwapRequest(name, database, owners, jobs, safety(name), takesBack);
        var asked = new Asked(run);
        Optional<SwapReport> report = holdfast.swap(run, context.url(), request, plan -> {
            boolean isProtected = holdfast.protection(run, context.url()).now();
            String text = String.join("\n", SwapWords.lines(plan));
            return asked.isAgreed(new Consent.Plan(text, SwapWords.json(plan), plan.database(), isProtected));
        });
        return end(
                asked.answer,
                report,
                done -> SwapWords.json(done, RestoreCommand.json(done.restored())),
                SwapWords::lines);
    }
}
