package dev.holdfast.drill;

import dev.holdfast.compare.Compare;
import dev.holdfast.drill.Checks.Claim;
import dev.holdfast.engine.Capture;
import dev.holdfast.engine.Database;
import dev.holdfast.engine.Engine;
import dev.holdfast.engine.Reading;
import dev.holdfast.engine.Sandbox;
import dev.holdfast.engine.SandboxOrder;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.journal.Journal;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.Manifest;
import dev.holdfast.repository.RelationEntry;
import dev.holdfast.repository.Repository;
import dev.holdfast.restore.TrialRestore;
import dev.holdfast.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings a backup back in a server to throw away, and looks at everything: rows, schema and all else are read again there, whatever the
 * restore itself has said. Used once.
 */
public final class Drill {
    private static final Claim SANDBOX = new Claim("sandbox", "there is a server to restore into");
    private static final Claim COMES_BACK = new Claim("restore", "the backup is restored without an error");

    private static final Claim READABLE = new Claim("restore", "what was restored can be read again");

    private final Repository repository;
    private final Journal journal;
    private final Engine engine;
    private final DrillRequest request;
    private final Run run;
    private final Checks checks;
    private final List<String> prepared = new ArrayList<>();
    private Optional<Duration> restored = Optional.empty();

    public Drill(Repository repository, Journal journal, Engine engine, DrillRequest request, Run run) {
        this.repository = repository;
        this.journal = journal;
        this.engine = engine;
        this.request = request;
        this.run = run;
        this.checks = new Checks(run);
    }

    /**
     * Does it all. What could not be looked at is in the report; an error says that the drill itself was interrupted, or that there is no
     * such backup.
     */
    public DrillReport execute() {
        run.step(DrillStep.MANIFEST);
        var record = new DrillRecord(Optional.of(journal), DrillRecord.About.of(request), run);
        record.begin();
        try {
            DrillReport report = drill();
            run.closingStep(DrillStep.JOURNAL);
            record.end(report);
            run.closingStep(DrillStep.DONE);
            return report;
        } catch (RuntimeException e) {
            record.failed(run.reason(e));
            throw e;
        }
    }

    private DrillReport drill() {
        Optional<Manifest> manifest = manifest();
        Optional<String> description = Optional.empty();
        if (manifest.isPresent()) {
            run.step(DrillStep.SANDBOX);
            var order = new SandboxOrder(
                    request.where().place(),
                    manifest.get().head().database(),
                    request.where().source());
            try (Sandbox sandbox = engine.sandbox(run, order)) {
                description = Optional.of(sandbox.description());
                prepared.addAll(sandbox.prepare(manifest.get()::pieceIfAny));
                look(sandbox, manifest.get());
                run.closingStep(DrillStep.CLEAN);
            } catch (HoldfastException e) {
                checks.without(SANDBOX, e);
            }
        }
        return new DrillReport(
                SubjectFacts.of(request.backup(), repository, manifest),
                run.started(),
                description,
                prepared,
                checks.all(),
                restored,
                Duration.between(run.started(), run.now()));
    }

    private Optional<Manifest> manifest() {
        try {
            return Optional.of(Manifest.read(repository, request.backup()));
        } catch (HoldfastException e) {
            if (e.code() == ErrorCode.NO_SUCH_BACKUP) {
                throw e;
            }
            checks.broken(COMES_BACK, e);
            nothingToLookAt(new JsonObject());
            return Optional.empty();
        }
    }

    private void look(Sandbox sandbox, Manifest manifest) {
        if (!restore(sandbox, manifest)) {
            nothingToLookAt(manifest.head().about().notes().project());
            return;
        }
        if (request.where().keep()) {
            prepared.addAll(sandbox.keep());
        }
        run.step(DrillStep.COMPARE);
        compare(sandbox, manifest);
        run.step(DrillStep.CHECKS);
        var answers = new AnswerChecks(sandbox::answer, checks);
        answers.answers(manifest.head().about().notes().project());
        answers.expectations(request.expectations());
        run.step(DrillStep.OBSERVE); // last, since pg_amcheck needs an extension, which it leaves there
        new SandboxChecks(sandbox, checks).observe(manifest::pieceIfAny, request.jobs());
    }

    private void nothingToLookAt(JsonObject project) {
        RestoredChecks.nothingToLookAt(checks);
        AnswerChecks.undone(project, request.expectations(), checks);
    }

    private boolean restore(Sandbox sandbox, Manifest manifest) {
        run.step(DrillStep.RESTORE);
        Instant began = run.now();
        checks.begin();
        try (Database server = engine.connectServer(run, sandbox.url())) {
            new TrialRestore(server, manifest, run).into(sandbox.database(), request.jobs());
            Duration took = Duration.between(began, run.now());
            restored = Optional.of(took);
            checks.passed(COMES_BACK, RestoredChecks.size(manifest));
            run.findings().forEach(finding -> prepared.add("while restoring: " + finding.message()));
            return true;
        } catch (HoldfastException e) {
            checks.broken(COMES_BACK, e);
            return false;
        }
    }

    /** Against what the backup says of itself, on one moment of what came back. */
    private void compare(Sandbox sandbox, Manifest manifest) {
        Run part = run.part();
        try (Database copy = engine.connect(part, sandbox.url(), sandbox.database());
                Capture capture = copy.capture(part, request.jobs(), Compare.earlier(manifest))) {
            var restoredChecks = new RestoredChecks(manifest, checks, part);
            try (Reading reading = sandbox.reread(
                    manifest.relations().stream().map(RelationEntry::relation).toList(), request.jobs())) {
                restoredChecks.rows(reading);
            } catch (HoldfastException e) {
                checks.broken(RestoredChecks.SAME_ROWS, e);
            }
            restoredChecks.schema(capture, engine.text(manifest.head().database()));
            restoredChecks.migrations(capture);
        } catch (HoldfastException e) {
            checks.broken(READABLE, e);
        }
    }
}
