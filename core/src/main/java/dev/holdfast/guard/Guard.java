package dev.holdfast.guard;

import dev.holdfast.backup.Backup;
import dev.holdfast.backup.BackupRequest;
import dev.holdfast.backup.FullRead;
import dev.holdfast.engine.BackupText;
import dev.holdfast.engine.Database;
import dev.holdfast.engine.Watch;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.guard.GuardReport.Guarded;
import dev.holdfast.guard.GuardReport.Judgment;
import dev.holdfast.guard.GuardReport.TakenBack;
import dev.holdfast.journal.Journal;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.Head;
import dev.holdfast.repository.Kind;
import dev.holdfast.repository.Repository;
import dev.holdfast.restore.Swap;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Severity;
import dev.holdfast.run.Verdict;
import dev.holdfast.verify.Verification;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Runs a command behind a fresh, verified backup of a database: without that nothing is run. Afterwards it says what has changed, and when
 * that is not as it should be, takes it back if somebody decides so. Used once, by one thread.
 */
public final class Guard {
    private final Repository repository;
    private final Journal journal;
    private final Ways ways;
    private final GuardRequest request;
    private final Command command;
    private final Run run;

    /**
     * The ways to the database.
     *
     * @param watches begins to look at it from beside it
     */
    public record Ways(Swap.Sides sides, Supplier<Watch> watches, Function<JsonObject, BackupText> texts) {}

    public Guard(Repository repository, Journal journal, Ways ways, GuardRequest request, Command command, Run run) {
        this.repository = repository;
        this.journal = journal;
        this.ways = ways;
        this.request = request;
        this.command = command;
        this.run = run;
    }

    /**
     * Runs the command.
     *
     * @param decision is asked whether to take back what has happened, when it is not as it should be
     * @throws HoldfastException when the command was not run
     */
    public GuardReport execute(Predicate<GuardReport> decision) {
        run.step(GuardStep.CLAIM);
        try (Watch watch = ways.watches.get()) {
            watch.claim();
            warnOfNoExchange();
            run.step(GuardStep.BEFORE);
            try (var hooks = new Hooks(request, command, run)) {
                hooks.before();
                return execute(watch, hooks, decision);
            }
        }
    }

    private GuardReport execute(Watch watch, Hooks hooks, Predicate<GuardReport> decision) {
        Guarded guarded = backup();
        var record = new GuardRecord(
                journal,
                guarded.backup(),
                guarded.command(),
                request.backup().notes().by(),
                run);
        run.step(GuardStep.NOTE);
        record.begin(request.backup().holder());
        run.finding(new Finding(
                Severity.NOTE,
                "guarded",
                guarded.database(),
                "behind backup " + guarded.backup() + ", verified, now runs: " + guarded.command()));
        GuardReport report;
        try {
            report = command(guarded, watch);
        } catch (RuntimeException e) {
            if (!command.hasStarted()) {
                journal.forget(run.id());
            }
            throw e;
        }
        Optional<Watch> held = watch.isHeld() ? Optional.of(watch) : Optional.empty();
        report = decided(report, held, decision);
        report = after(report, hooks);
        report = healthy(report, held, hooks, decision);
        report = finished(report);
        run.closingStep(GuardStep.JOURNAL);
        record.end(report);
        run.closingStep(GuardStep.DONE);
        return report;
    }

    /** Better said now than when it is needed. */
    private void warnOfNoExchange() {
        try (Database database = ways.sides.live().get();
                Database beside = ways.sides.beside().get()) {
            beside.occupant(database.name(), "before_" + run.id().hex());
        } catch (HoldfastException e) {
            run.finding(new Finding(
                    Severity.WARNING,
                    "no_exchange",
                    "guard",
                    "if the command changes the schema, it cannot be taken back as things are: " + e.getMessage()));
        }
    }

    private Guarded backup() {
        run.step(GuardStep.BACKUP);
        try (Database database = ways.sides.live().get()) {
            Head head = take(database, request.backup());
            boolean isOld = head.packs()
                    .oldestUnread()
                    .filter(read -> read.isBefore(run.now().minus(FullRead.DEFAULT_AFTER)))
                    .isPresent();
            if (isOld) {
                verify(head.name());
            }
            return new Guarded(
                    run.id(), head.name(), database.name(), request.order().shown());
        }
    }

    private Head take(Database database, BackupRequest how) {
        return new Backup(repository, journal, database, how, run.part()).take().head();
    }

    private void verify(BackupName backup) {
        run.step(GuardStep.VERIFY);
        Verdict verdict = new Verification(repository, journal, run.part())
                .verify(
                        List.of(backup),
                        request.backup().jobs(),
                        request.backup().notes().by())
                .verdict();
        if (verdict != Verdict.PASS) {
            throw new HoldfastException(
                            ErrorCode.DAMAGED, "backup " + backup + " is damaged, so nothing is run behind it")
                    .withHint("holdfast verify " + backup + " names what is damaged; holdfast backup --full-read takes"
                            + " one that shares nothing with it");
        }
    }

    private GuardReport command(Guarded guarded, Watch watch) {
        Map<String, String> variables =
                new HashMap<>(watch.forPrograms(request.order().environment()));
        variables.put("HOLDFAST_BACKUP_ID", guarded.backup().id().toString());
        watch.begin();
        String position = watch.position();
        run.step(GuardStep.COMMAND);
        Command.Ended ended = command.run(
                request.order().with(variables), request.conditions().longestWait(), run);
        Judgment judgment = new Judging(repository, ways.sides.live(), ways.texts, request, run)
                .of(guarded.backup(), ended, watch, position);
        return new GuardReport(guarded, ended, judgment, Optional.empty(), Optional.empty(), took());
    }

    private Duration took() {
        return Duration.between(run.started(), run.now());
    }

    /** Only what has gone wrong is taken back, and only where something was changed. */
    private GuardReport decided(GuardReport report, Optional<Watch> held, Predicate<GuardReport> decision) {
        if (report.verdict() != Verdict.FAIL || report.isUntouched()) {
            return report;
        }
        run.closingStep(GuardStep.DECIDE);
        return decision.test(report) ? takenBack(report, held) : report;
    }

    private GuardReport takenBack(GuardReport report, Optional<Watch> held) {
        run.closingStep(GuardStep.TAKE_BACK);
        List<String> running = command.endLeft();
        TakenBack taken = running.isEmpty()
                ? new TakingBack(repository, journal, ways, run).of(report.guarded(), request.backup(), held)
                : new TakenBack(
                        "", Optional.empty(), Optional.of("still running: " + String.join(", ", running)), false);
        return report.with(taken);
    }

    private static GuardReport after(GuardReport report, Hooks hooks) {
        return report.with(report.judgment().but(hooks.after(report).stream().toList()));
    }

    /** Health is asked when everything runs again. What is not healthy is stopped, taken back, and started again. */
    private GuardReport healthy(
            GuardReport report, Optional<Watch> held, Hooks hooks, Predicate<GuardReport> decision) {
        if (report.verdict() == Verdict.FAIL) {
            String why = report.isTakenBack() ? "it was taken back before" : "it had failed before";
            return report.with(report.judgment().and(hooks.healthNotAsked(why)));
        }
        run.closingStep(GuardStep.HEALTH);
        GuardReport seen = asked(report, hooks);
        if (seen.failedChecks().isEmpty() || seen.isUntouched()) {
            return seen;
        }
        run.closingStep(GuardStep.DECIDE);
        if (!decision.test(seen)) {
            return seen;
        }
        seen = seen.with(seen.judgment().but(hooks.stop().stream().toList()));
        return after(takenBack(seen, held), hooks);
    }

    private GuardReport asked(GuardReport report, Hooks hooks) {
        try {
            return report.with(report.judgment().and(hooks.health()));
        } catch (HoldfastException e) {
            return report.with(
                    report.judgment().but(List.of("whether all is healthy is not known: " + e.getMessage())));
        }
    }

    private GuardReport finished(GuardReport report) {
        if (!request.around().backup() || report.verdict() != Verdict.PASS) {
            return report.with(Optional.empty(), took());
        }
        run.closingStep(GuardStep.BACKUP_AFTER);
        try (Database database = ways.sides.live().get()) {
            BackupRequest ofNewState =
                    request.backup().as(Kind.MANUAL, "after '" + request.order().shown() + "' went well");
            return report.with(Optional.of(take(database, ofNewState).name()), took());
        } catch (HoldfastException e) {
            String trouble = "the new state was not backed up: "
                    + HoldfastException.of(run.reason(e)).getMessage();
            return report.with(report.judgment().but(List.of(trouble))).with(Optional.empty(), took());
        }
    }
}
