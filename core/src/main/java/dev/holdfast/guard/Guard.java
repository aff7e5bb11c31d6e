package dev.holdfast.guard;

import dev.holdfast.backup.Backup;
import dev.holdfast.backup.BackupRequest;
import dev.holdfast.backup.FullRead;
import dev.holdfast.compare.Compare;
import dev.holdfast.compare.CompareReport;
import dev.holdfast.compare.CompareRequest;
import dev.holdfast.engine.BackupText;
import dev.holdfast.engine.Database;
import dev.holdfast.engine.Watch;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.guard.GuardReport.Check;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Runs a command behind a fresh, verified backup of a database: without that nothing is run. Afterwards it says what has changed, and when
 * that is not as it should be, takes it back if somebody decides so. Used once, by one thread.
 */
public final class Guard {
    private static final int SAMPLES = 3;

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
            run.step(GuardStep.BEFORE);
            var beside = new Beside(request, command, run);
            try (beside) {
                beside.before();
                return execute(watch, beside, decision);
            }
        }
    }

    private GuardReport execute(Watch watch, Beside beside, Predicate<GuardReport> decision) {
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
        report = decide(report, held, decision);
        beside.after(report);
        report = healthy(report, held, beside, decision);
        report = finished(report);
        run.closingStep(GuardStep.JOURNAL);
        record.end(report);
        run.closingStep(GuardStep.DONE);
        return report;
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
                request.order().with(variables),
                run.id().hex(),
                request.conditions().longestWait(),
                run);
        return new GuardReport(
                guarded, ended, judged(guarded, ended, watch, position), Optional.empty(), Optional.empty(), took());
    }

    private Duration took() {
        return Duration.between(run.started(), run.now());
    }

    private Judgment judged(Guarded guarded, Command.Ended ended, Watch watch, String position) {
        List<String> trouble = new ArrayList<>();
        run.closingStep(GuardStep.COMPARE);
        Optional<Changes> changes =
                orTrouble(trouble, "what has changed is not known", () -> changes(guarded.backup(), watch, position));
        if (!watch.isHeld()) {
            trouble.add("the connection that kept other guards away was cut while the command ran");
        }
        run.closingStep(GuardStep.CHECK);
        List<Check> checks = new ArrayList<>();
        if (!ended.leftRunning().isEmpty()) {
            checks.add(new Check(
                    "all processes of the command have ended",
                    Optional.of("still running: " + String.join(", ", ended.leftRunning()))));
        }
        if (request.conditions().change()) {
            boolean isUnchanged = changes.filter(Changes::areNone).isPresent();
            checks.add(new Check(
                    "the command changes something",
                    isUnchanged ? Optional.of("nothing has changed since the backup") : Optional.empty()));
        }
        for (String question : request.conditions().checks()) {
            checks.add(new Check(question, doubts(watch, question)));
        }
        return new Judgment(checks, changes, trouble);
    }

    private Changes changes(BackupName backup, Watch watch, String position) {
        boolean isHeld = watch.isHeld();
        Optional<Long> others = isHeld ? Optional.of(watch.others()) : Optional.empty();
        if (isHeld && watch.position().equals(position)) {
            return Changes.none(others);
        }
        var compared = new CompareRequest(Set.of(), SAMPLES, request.backup().jobs());
        try (Database live = ways.sides.live().get()) {
            CompareReport differences =
                    new Compare(repository, ways.texts, compared, run.part()).withDatabase(backup, live);
            return new Changes(differences, watch.links(), others);
        }
    }

    /** What cannot be asked is not well. */
    private static Optional<String> doubts(Watch watch, String question) {
        try {
            return watch.doubts(question);
        } catch (HoldfastException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private <T> Optional<T> orTrouble(List<String> trouble, String what, Supplier<T> work) {
        try {
            return Optional.of(work.get());
        } catch (HoldfastException e) {
            trouble.add(what + ": " + HoldfastException.of(run.reason(e)).getMessage());
            return Optional.empty();
        }
    }

    private GuardReport decide(GuardReport report, Optional<Watch> held, Predicate<GuardReport> decision) {
        if (report.verdict() == Verdict.PASS) {
            return report;
        }
        run.closingStep(GuardStep.DECIDE);
        if (!decision.test(report)) {
            return report;
        }
        run.closingStep(GuardStep.TAKE_BACK);
        TakenBack taken = new TakingBack(repository, journal, ways.sides, ways.texts, run)
                .of(report.guarded(), request.backup(), held);
        return report.with(taken);
    }

    /** Health is asked when everything runs again. What is not healthy is stopped, taken back, and started again. */
    private GuardReport healthy(
            GuardReport report, Optional<Watch> held, Beside beside, Predicate<GuardReport> decision) {
        if (report.verdict() == Verdict.FAIL || report.isTakenBack()) {
            return report;
        }
        run.closingStep(GuardStep.HEALTH);
        List<Check> health = beside.health();
        GuardReport seen = report.with(report.judgment().and(health));
        if (seen.failedChecks().isEmpty()) {
            return seen;
        }
        run.closingStep(GuardStep.DECIDE);
        if (!decision.test(seen)) {
            return seen;
        }
        run.closingStep(GuardStep.TAKE_BACK);
        beside.stopAgain();
        GuardReport back = seen.with(new TakingBack(repository, journal, ways.sides, ways.texts, run)
                .of(seen.guarded(), request.backup(), held));
        beside.after(back);
        return back;
    }

    private GuardReport finished(GuardReport report) {
        if (!request.around().backup() || report.verdict() != Verdict.PASS) {
            return report.with(Optional.empty(), took());
        }
        run.closingStep(GuardStep.BACKUP_AFTER);
        List<String> trouble = new ArrayList<>();
        Optional<BackupName> after = orTrouble(trouble, "the new state was not backed up", () -> {
            try (Database database = ways.sides.live().get()) {
                return take(database, ofNewState()).name();
            }
        });
        Judgment judgment = report.judgment();
        for (String each : trouble) {
            judgment = judgment.but(each);
        }
        return report.with(judgment).with(after, took());
    }

    private BackupRequest ofNewState() {
        BackupRequest before = request.backup();
        return new BackupRequest(
                Kind.MANUAL,
                before.notes().about("after '" + request.order().shown() + "' went well"),
                before.holder(),
                before.jobs(),
                before.fullRead(),
                before.allowances(),
                true);
    }
}
