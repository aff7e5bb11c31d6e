package dev.holdfast.restore;

import dev.holdfast.engine.Database;
import dev.holdfast.engine.Occupant;
import dev.holdfast.engine.Restoration;
import dev.holdfast.engine.RestoreOrder;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.journal.Journal;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.Manifest;
import dev.holdfast.repository.RelationEntry;
import dev.holdfast.repository.Repository;
import dev.holdfast.repository.SourceName;
import dev.holdfast.run.Run;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Brings a backup back in the place of a live database: a safety backup, a new database beside it that is shown to be equal, and then both
 * exchange their names in one moment. The live one works on until then, and is kept. Used once.
 */
public final class Swap {
    private final Repository repository;
    private final Journal journal;
    private final Sides sides;
    private final SwapRequest request;
    private final Run run;
    private final JsonObject onRecord = new JsonObject();

    /**
     * The two ways to the server.
     *
     * @param live opens the database that is to be replaced
     * @param beside opens another one of the same server
     */
    public record Sides(Supplier<Database> live, Supplier<Database> beside) {}

    public Swap(Repository repository, Journal journal, Sides sides, SwapRequest request, Run run) {
        this.repository = repository;
        this.journal = journal;
        this.sides = sides;
        this.request = request;
        this.run = run;
    }

    /**
     * Swaps, when the plan is agreed to; when this returns a report, the restored database has the name, and is equal.
     *
     * @param agreed is asked once, with nothing changed yet
     * @return empty when it was not agreed to
     */
    public Optional<SwapReport> execute(Predicate<SwapPlan> agreed) {
        var subject = new RestoreRecord.Subject(
                request.backup(),
                request.database(),
                "swap",
                request.safety().notes().by());
        var record = new RestoreRecord(journal, subject, run);
        request.takesBack().ifPresent(taken -> onRecord.put("takes_back", taken.hex()));
        record.begin(request.safety().holder());
        Optional<SwapReport> report;
        try (Database beside = sides.beside.get()) {
            report = swap(beside, agreed);
        } catch (RuntimeException e) {
            RuntimeException reason = run.reason(e);
            record.failedOnLive(reason, onRecord);
            throw reason;
        }
        if (report.isEmpty()) {
            journal.forget(run.id());
            return report;
        }
        run.closingStep(SwapStep.JOURNAL);
        record.passed(report.get().restored().rows(), onRecord);
        run.closingStep(SwapStep.DONE);
        return report;
    }

    private Optional<SwapReport> swap(Database beside, Predicate<SwapPlan> agreed) {
        run.step(SwapStep.MANIFEST);
        Manifest manifest = Manifest.read(repository, request.backup());
        run.step(SwapStep.PREFLIGHT);
        Occupant occupant =
                beside.occupant(request.database(), "before_" + request.backup().id());
        checkSource(occupant.identity());
        onRecord.put("kept_as", occupant.keptAs());
        var order = new RestoreOrder(
                request.database(),
                manifest.head().database(),
                manifest.relations().stream().map(RelationEntry::relation).toList(),
                manifest::piece,
                request.owners(),
                Optional.of(occupant.keptAs()));
        Restoration restoration = beside.restoreInto(run, order);
        return Filling.orRemove(restoration, run, () -> {
            var plan = new SwapPlan(
                    request.backup(),
                    request.database(),
                    manifest.head().contents().totals(),
                    request.owners(),
                    occupant);
            return agreed.test(plan) ? Optional.of(exchange(restoration, manifest, occupant)) : Optional.empty();
        });
    }

    /** A live database is replaced by its own past only; for a backup of any other there is a new database. */
    private void checkSource(JsonObject live) {
        SourceName source = request.backup().source();
        if (!repository.sources().identities(source).contains(live)) {
            throw new HoldfastException(
                            ErrorCode.SOURCE_MISMATCH,
                            "backup " + request.backup() + " is not of database " + request.database() + " (" + live
                                    + "), which it would replace")
                    .withHint(
                            "restore it beside with --into NAME; if it is the same database after a failover, an upgrade"
                                    + " or a swap: holdfast backup --same-source");
        }
    }

    private SwapReport exchange(Restoration restoration, Manifest manifest, Occupant occupant) {
        run.step(SwapStep.SAFETY);
        BackupName safety = safetyBackup(occupant.identity());
        onRecord.put("safety_backup", safety.toString());
        List<RestoreReport.Restored> tables = new Filling(restoration, manifest, run, request.jobs()).fillAndCheck();
        run.step(SwapStep.BIND);
        bind(safety.source(), restoration.identity());
        run.step(SwapStep.EXCHANGE);
        restoration.publish();
        var restored = new RestoreReport(
                request.backup(), request.database(), tables, Duration.between(run.started(), run.now()));
        return new SwapReport(restored, safety, occupant.keptAs());
    }

    private BackupName safetyBackup(JsonObject identity) {
        var safety = new SafetyBackup(repository, journal, request.safety(), run);
        return SafetyBackup.orNothing("is replaced", () -> {
            try (Database live = sides.live.get()) {
                if (!live.identity().equals(identity)) {
                    throw new HoldfastException(
                                    ErrorCode.SOURCE_MISMATCH,
                                    "database " + request.database() + " has just been exchanged by somebody else")
                            .withHint("run the same command again");
                }
                return safety.of(live);
            }
        });
    }

    /**
     * Before the exchange, so that a run that is killed right after it leaves a source that knows its database. A binding to a database
     * that never came to be harms nobody: no other one has its number.
     */
    private void bind(SourceName safety, JsonObject identity) {
        Set<SourceName> sources = new TreeSet<>(Set.of(safety));
        sources.add(request.backup().source());
        sources.forEach(source -> repository.sources().bind(source, identity, run.now()));
    }
}
