package dev.holdfast.drill;

import dev.holdfast.drill.Checks.Claim;
import dev.holdfast.engine.Dump;
import dev.holdfast.engine.DumpContents;
import dev.holdfast.engine.DumpOrder;
import dev.holdfast.engine.DumpRestored;
import dev.holdfast.engine.Engine;
import dev.holdfast.engine.Sandbox;
import dev.holdfast.engine.SandboxOrder;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.journal.Journal;
import dev.holdfast.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings a dump that others made back in a server to throw away, and looks whether all of it is there. Nothing is known of it but what it says
 * itself. Used once.
 */
public final class FileDrill {
    private static final Claim SANDBOX = new Claim("sandbox", "there is a server to restore into");
    private static final Claim WHOLE = new Claim("read", "the dump can be read to its end, and nothing is missing");
    private static final Claim COMES_BACK = new Claim("restore", "the dump is restored without an error");
    private static final Claim SAME_ROWS = new Claim("rows", "every table has as many rows as the dump");
    private static final Claim LOOKED_AT = new Claim("catalog", "what was restored can be looked at");
    private static final Claim ANSWERED = new Claim("question", "your questions are answered");

    private final Optional<Journal> journal;
    private final Engine engine;
    private final FileDrillRequest request;
    private final Run run;
    private final Checks checks;
    private final List<String> prepared;
    private final Map<String, String> facts = new LinkedHashMap<>();
    private Optional<String> description = Optional.empty();
    private Optional<Duration> restored = Optional.empty();

    /**
     * @param journal empty where there is no repository
     */
    public FileDrill(Optional<Journal> journal, Engine engine, FileDrillRequest request, Run run) {
        this.journal = journal;
        this.engine = engine;
        this.request = request;
        this.run = run;
        this.checks = new Checks(run);
        this.prepared = new ArrayList<>(request.passedOver());
        if (journal.isEmpty()) {
            prepared.add("not on record: there is no repository");
        }
    }

    /**
     * Does it all. What could not be looked at is in the report; an error says that the file is no dump, or that the drill itself was
     * interrupted.
     */
    public DrillReport execute() {
        if (engine.understands(request.where().place())) {
            throw new HoldfastException(
                            ErrorCode.BAD_USAGE, "a dump of others is not restored into a server that is there already")
                    .withHint("its statements may be anything; leave --sandbox out, and a server is made for it");
        }
        run.step(DrillStep.DUMP);
        Dump dump = engine.dump(request.file());
        var record = new DrillRecord(journal, DrillRecord.About.of(request), run);
        record.begin();
        try {
            drill(dump);
            facts.put("dump", dump.description());
            var report = new DrillReport(
                    new DrillReport.Subject(request.file().toString(), Optional.empty(), facts),
                    run.started(),
                    description,
                    prepared,
                    checks.all(),
                    restored,
                    Duration.between(run.started(), run.now()));
            run.closingStep(DrillStep.JOURNAL);
            record.end(report);
            run.closingStep(DrillStep.DONE);
            return report;
        } catch (RuntimeException e) {
            record.failed(run.reason(e));
            throw e;
        }
    }

    private void drill(Dump dump) {
        Optional<DumpContents> contents = read(dump);
        if (contents.isEmpty()) {
            nothingToLookAt("see above");
            return;
        }
        if (contents.get().notAlone().isPresent()) {
            nothingToLookAt(contents.get().notAlone().get());
            return;
        }
        run.step(DrillStep.SANDBOX);
        var order = new SandboxOrder(request.where().place(), dump.server(), Optional.empty());
        try (Sandbox sandbox = engine.sandbox(run, order)) {
            description = Optional.of(sandbox.description());
            prepared.addAll(sandbox.prepare(piece -> Optional.empty()));
            bringBack(dump, sandbox, contents.get());
            run.closingStep(DrillStep.CLEAN);
        } catch (HoldfastException e) {
            checks.without(SANDBOX, e);
        }
    }

    /** Empty when it is not whole, or nobody could tell. */
    private Optional<DumpContents> read(Dump dump) {
        try {
            DumpContents contents = dump.read(run);
            facts.put("held", contents.summary());
            if (contents.faults().isEmpty()) {
                checks.passed(WHOLE, contents.summary());
                return Optional.of(contents);
            }
            checks.failed(WHOLE, String.join("; ", contents.faults()));
        } catch (HoldfastException e) {
            checks.broken(WHOLE, e);
        }
        return Optional.empty();
    }

    private void nothingToLookAt(String why) {
        checks.undone(COMES_BACK, "it was not tried: " + why);
        checks.undone(SAME_ROWS, "nothing was restored");
    }

    private void bringBack(Dump dump, Sandbox sandbox, DumpContents contents) {
        List<String> lacking = dump.lacking(sandbox);
        if (!lacking.isEmpty()) {
            nothingToLookAt("the sandbox has no " + String.join(", no ", lacking));
            return;
        }
        Optional<DumpRestored> outcome = restore(dump, sandbox);
        if (outcome.isEmpty()) {
            checks.undone(SAME_ROWS, "nothing was restored");
            return;
        }
        run.step(DrillStep.OBSERVE);
        contents.noRows().ifPresent(why -> checks.undone(SAME_ROWS, why));
        dump.databases()
                .forEach(database -> look(dump, database, outcome.get().unmet().count() > 0));
        run.step(DrillStep.CHECKS);
        ask(dump);
    }

    private Optional<DumpRestored> restore(Dump dump, Sandbox sandbox) {
        run.step(DrillStep.RESTORE);
        Instant began = run.now();
        checks.begin();
        try {
            var order = new DumpOrder(
                    sandbox.database(), request.jobs(), request.where().superuser());
            DumpRestored outcome = dump.restore(run, sandbox, order);
            restored = Optional.of(Duration.between(began, run.now()));
            prepared.addAll(outcome.prepared());
            if (request.where().keep()) {
                prepared.addAll(sandbox.keep());
            }
            judge(outcome);
            return Optional.of(outcome);
        } catch (HoldfastException e) {
            checks.broken(COMES_BACK, e);
            return Optional.empty();
        }
    }

    /** What failed before anything was refused is the dump's own fault; what failed after that may come of it. */
    private void judge(DumpRestored outcome) {
        if (outcome.errors().count() > 0) {
            checks.failed(COMES_BACK, outcome.errors().words());
        } else if (outcome.unmet().count() > 0) {
            checks.undone(
                    COMES_BACK,
                    "the sandbox lacks what it asks for, or does not allow it; "
                            + outcome.unmet().words() + " (a dump that you trust may have all rights: --as-superuser)");
        } else {
            checks.passed(COMES_BACK, "");
        }
    }

    private void look(Dump dump, String database, boolean refused) {
        String of = dump.databases().size() > 1 ? "in " + database + ": " : "";
        checks.begin();
        try {
            for (Sandbox.Observation each : dump.look(database)) {
                var claim = new Claim(each.name(), of + each.what());
                if (refused && each.doubts().isPresent()) {
                    checks.undone(claim, each.doubts().get() + "; that may come of what was not allowed");
                } else {
                    checks.settle(claim, each);
                }
            }
        } catch (HoldfastException e) {
            checks.broken(LOOKED_AT, e);
        }
    }

    private void ask(Dump dump) {
        if (dump.databases().size() == 1) {
            String database = dump.databases().get(0);
            new AnswerChecks(question -> dump.answer(database, question), checks).expectations(request.expectations());
        } else if (!request.expectations().equals(Expectations.NONE)) {
            checks.undone(
                    ANSWERED, "it is not clear which database is to be asked: " + String.join(", ", dump.databases()));
        }
    }
}
