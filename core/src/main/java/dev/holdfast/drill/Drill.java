package dev.holdfast.drill;

import dev.holdfast.compare.Compare;
import dev.holdfast.compare.CompareReport;
import dev.holdfast.compare.CompareRequest;
import dev.holdfast.compare.SchemaDifference;
import dev.holdfast.compare.TableDifference;
import dev.holdfast.engine.Database;
import dev.holdfast.engine.Engine;
import dev.holdfast.engine.Sandbox;
import dev.holdfast.engine.Watch;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.journal.Journal;
import dev.holdfast.repository.Manifest;
import dev.holdfast.repository.Repository;
import dev.holdfast.restore.Restore;
import dev.holdfast.restore.RestoreReport;
import dev.holdfast.restore.RestoreRequest;
import dev.holdfast.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings a backup back in a server to throw away, and looks at everything again: rows and schema are compared by reading them once more,
 * whatever the restore itself has said. Used once.
 */
public final class Drill {
    /** What these say is of this machine, not of the backup. */
    private static final Set<ErrorCode> NOT_OF_THE_BACKUP = Set.of(
            ErrorCode.UNSUPPORTED,
            ErrorCode.PROGRAM_MISSING,
            ErrorCode.UNREACHABLE,
            ErrorCode.DENIED,
            ErrorCode.STORE_FAILED,
            ErrorCode.INTERRUPTED);

    private static final String COMES_BACK = "the backup is restored without an error";
    private static final String SAME_ROWS = "every table has the rows that were backed up";
    private static final String SAME_SCHEMA = "the schema is the one that was backed up";
    private static final int MOST_NAMED = 5;

    private final Repository repository;
    private final Journal journal;
    private final Engine engine;
    private final DrillRequest request;
    private final Run run;
    private final List<DrillCheck> checks = new ArrayList<>();
    private final List<String> prepared = new ArrayList<>();
    private Optional<Duration> restored = Optional.empty();

    public Drill(Repository repository, Journal journal, Engine engine, DrillRequest request, Run run) {
        this.repository = repository;
        this.journal = journal;
        this.engine = engine;
        this.request = request;
        this.run = run;
    }

    /**
     * Does it all. What could not be looked at is in the report; an error says that the drill itself was interrupted, or that there is no
     * such backup.
     */
    public DrillReport execute() {
        run.step(DrillStep.MANIFEST);
        var record = new DrillRecord(journal, request, run);
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
            try (Sandbox sandbox = engine.sandbox(manifest.get().head().database())) {
                description = Optional.of(sandbox.description());
                request.source().ifPresent(source -> prove(sandbox, source));
                prepared.addAll(sandbox.prepare(manifest.get()::pieceIfAny));
                look(sandbox, manifest.get());
                run.closingStep(DrillStep.CLEAN);
            } catch (HoldfastException e) {
                giveUp("sandbox", "there is a server to restore into", e);
            }
        }
        return new DrillReport(
                request.backup(),
                run.started(),
                description,
                prepared,
                checks,
                restored,
                Duration.between(run.started(), run.now()));
    }

    /** A source that is gone is just what a drill is for. */
    private void prove(Sandbox sandbox, String source) {
        try {
            sandbox.proveNotToBe(source);
            prepared.add("proof that it is not the source: a lock that is taken here is not seen there");
        } catch (HoldfastException e) {
            if (e.code() != ErrorCode.UNREACHABLE && e.code() != ErrorCode.DENIED) {
                throw e;
            }
            prepared.add(
                    "the source cannot be asked, so that it is another server is known from its just having been made");
        }
    }

    private void giveUp(String name, String what, HoldfastException e) {
        if (e.code() == ErrorCode.INTERRUPTED) {
            throw e;
        }
        checks.add(
                NOT_OF_THE_BACKUP.contains(e.code())
                        ? DrillCheck.undone(name, what, words(e))
                        : DrillCheck.failed(name, what, words(e)));
    }

    private static String words(HoldfastException e) {
        return e.getMessage() + e.hint().map(hint -> " (" + hint + ")").orElse("");
    }

    private Optional<Manifest> manifest() {
        try {
            return Optional.of(Manifest.read(repository, request.backup()));
        } catch (HoldfastException e) {
            if (e.code() == ErrorCode.NO_SUCH_BACKUP) {
                throw e;
            }
            giveUp("restore", COMES_BACK, e);
            nothingToLookAt();
            return Optional.empty();
        }
    }

    private void look(Sandbox sandbox, Manifest manifest) {
        String database = request.backup().source().value();
        if (!restore(sandbox, database)) {
            nothingToLookAt();
            return;
        }
        compare(sandbox, manifest, database);
        run.step(DrillStep.OBSERVE);
        observe(sandbox, manifest, database);
        run.step(DrillStep.CHECKS);
        ask(sandbox, database);
    }

    private void nothingToLookAt() {
        checks.add(DrillCheck.undone("rows", SAME_ROWS, "nothing was restored"));
        checks.add(DrillCheck.undone("schema", SAME_SCHEMA, "nothing was restored"));
    }

    private boolean restore(Sandbox sandbox, String database) {
        run.step(DrillStep.RESTORE);
        Instant began = run.now();
        var restore =
                new RestoreRequest(request.backup(), database, true, request.jobs(), request.by(), request.holder());
        try (Database server = engine.connectServer(run, sandbox.url("postgres"))) {
            RestoreReport report = new Restore(repository, journal, server, restore, run.part()).execute();
            Duration took = Duration.between(began, run.now());
            restored = Optional.of(took);
            checks.add(DrillCheck.passed(
                    "restore",
                    COMES_BACK,
                    report.tables().size() + " tables, " + report.rows() + " rows in " + took.toMillis() / 1000.0
                            + " s"));
            return true;
        } catch (HoldfastException e) {
            giveUp("restore", COMES_BACK, e);
            return false;
        }
    }

    private void compare(Sandbox sandbox, Manifest manifest, String database) {
        run.step(DrillStep.COMPARE);
        var compared = new CompareRequest(Set.of(), 0, request.jobs());
        try (Database copy = engine.connect(run, sandbox.url(database))) {
            CompareReport report =
                    new Compare(repository, engine::text, compared, run.part()).withDatabase(request.backup(), copy);
            checks.add(rows(report, manifest));
            checks.add(schema(report));
        } catch (HoldfastException e) {
            giveUp("rows", SAME_ROWS, e);
            checks.add(DrillCheck.undone("schema", SAME_SCHEMA, "see above"));
        }
    }

    private static DrillCheck rows(CompareReport report, Manifest manifest) {
        List<TableDifference> differing =
                report.tables().stream().filter(table -> !table.isSame()).toList();
        if (differing.isEmpty()) {
            return DrillCheck.passed(
                    "rows",
                    SAME_ROWS,
                    manifest.head().contents().totals().rows() + " rows in "
                            + report.tables().size() + " tables, read again");
        }
        return DrillCheck.failed(
                "rows",
                SAME_ROWS,
                differing.size() + " tables differ: "
                        + differing.stream()
                                .limit(MOST_NAMED)
                                .map(table -> table.name() + " (" + table.deleted() + " missing, " + table.inserted()
                                        + " too many, " + table.changed() + " otherwise)")
                                .collect(Collectors.joining(", ")));
    }

    private static DrillCheck schema(CompareReport report) {
        SchemaDifference schema = report.schema().orElseThrow();
        return schema.isSame()
                ? DrillCheck.passed("schema", SAME_SCHEMA, "dumped again and equal")
                : DrillCheck.failed(
                        "schema",
                        SAME_SCHEMA,
                        schema.objects().size() + " objects differ: "
                                + schema.objects().stream()
                                        .limit(MOST_NAMED)
                                        .map(SchemaDifference.ObjectChange::object)
                                        .collect(Collectors.joining(", ")));
    }

    private void observe(Sandbox sandbox, Manifest manifest, String database) {
        String what = "catalogs and sequences are as they should be";
        try {
            for (Sandbox.Observation each : sandbox.observe(database, manifest::pieceIfAny)) {
                checks.add(each.doubts()
                        .map(doubts -> DrillCheck.failed("catalog", each.what(), doubts))
                        .orElseGet(() -> DrillCheck.passed("catalog", each.what(), "")));
            }
        } catch (HoldfastException e) {
            giveUp("catalog", what, e);
        }
    }

    private void ask(Sandbox sandbox, String database) {
        if (request.questions().isEmpty()) {
            return;
        }
        try (Watch watch = engine.watch(run, sandbox.url(database), "holdfast drill")) {
            for (String question : request.questions()) {
                try {
                    checks.add(watch.doubts(question)
                            .map(doubts -> DrillCheck.failed("question", question, doubts))
                            .orElseGet(() -> DrillCheck.passed("question", question, "")));
                } catch (HoldfastException e) {
                    checks.add(DrillCheck.failed("question", question, words(e)));
                }
            }
        }
    }
}
