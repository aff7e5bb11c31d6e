package dev.holdfast.restore;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.backup.Backup;
import dev.holdfast.compare.Compare;
import dev.holdfast.compare.CompareReport;
import dev.holdfast.compare.CompareRequest;
import dev.holdfast.compare.RowDifference;
import dev.holdfast.compare.SchemaDifference;
import dev.holdfast.engine.BackupText;
import dev.holdfast.engine.Database;
import dev.holdfast.engine.Earlier;
import dev.holdfast.engine.Reading;
import dev.holdfast.engine.Replacement;
import dev.holdfast.error.Aftermath;
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
import dev.holdfast.run.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Puts the rows of a live database back to those of a backup, and changes no others. Everything happens in one transaction, before whose
 * first change a safety backup of the very state that it changes is published. Used once.
 */
public final class InPlace {
    private final Repository repository;
    private final Journal journal;
    private final Database database;
    private final Function<JsonObject, BackupText> texts;
    private final InPlaceRequest request;
    private final Run run;
    private final JsonObject onRecord = new JsonObject();

    public InPlace(
            Repository repository,
            Journal journal,
            Database database,
            Function<JsonObject, BackupText> texts,
            InPlaceRequest request,
            Run run) {
        this.repository = repository;
        this.journal = journal;
        this.database = database;
        this.texts = texts;
        this.request = request;
        this.run = run;
    }

    /**
     * Puts the rows back, when the plan is agreed to; when this returns a report they are committed, and equal to the backup.
     *
     * @param agreed is asked once, with nothing changed yet
     * @return empty when it was not agreed to
     */
    public Optional<InPlaceReport> execute(Predicate<InPlacePlan> agreed) {
        run.step(InPlaceStep.MANIFEST);
        Manifest manifest = Manifest.read(repository, request.backup());
        checkSource();
        checkNobodyIsAtIt();
        if (!agreed.test(plan())) {
            return Optional.empty();
        }
        var subject = new RestoreRecord.Subject(
                request.backup(),
                database.name(),
                "in_place",
                request.safety().notes().by());
        var record = new RestoreRecord(journal, subject, run);
        record.begin(request.safety().holder());
        InPlaceReport report;
        try {
            report = replace(manifest);
        } catch (RuntimeException e) {
            RuntimeException reason = run.reason(e);
            record.failed(Verdict.FAIL, reason, onRecord);
            throw reason;
        }
        run.closingStep(InPlaceStep.JOURNAL);
        onRecord.put(
                "tables",
                report.tables().stream().map(InPlaceReport.Replaced::json).toList());
        onRecord.put("blocked_seconds", report.blocked().toMillis() / 1000.0);
        record.passed(manifest.head().contents().totals().rows(), onRecord);
        run.closingStep(InPlaceStep.DONE);
        return Optional.of(report);
    }

    private InPlacePlan plan() {
        run.step(InPlaceStep.PLAN);
        Instant began = run.now();
        var everything = new CompareRequest(Set.of(), 0, request.safety().jobs());
        CompareReport differences =
                new Compare(repository, texts, everything, run.part()).withDatabase(request.backup(), database);
        differences.schema().ifPresent(this::checkSchema);
        return new InPlacePlan(
                request.backup(),
                database.name(),
                database.protection().isOn(),
                differences,
                Duration.between(began, run.now()));
    }

    private InPlaceReport replace(Manifest manifest) {
        run.step(InPlaceStep.SAFETY);
        safetyBackup(database);
        run.step(InPlaceStep.LOCK);
        try (Replacement replacement = database.replacement(run, "holdfast restore " + request.backup())) {
            replacement.claim();
            replacement.lock();
            Instant locked = run.now();
            run.step(InPlaceStep.SAFETY_LOCKED);
            BackupName safety = safetyBackup(replacement.locked());
            onRecord.put("safety_backup", safety.toString());
            BackupText text = texts.apply(manifest.head().database());
            checkSchema(SchemaDifference.between(manifest, Manifest.read(repository, safety), text));
            run.step(InPlaceStep.DIFFERENCE);
            List<RowDifference> differences = differences(manifest, text, replacement);
            List<RowDifference> written =
                    differences.stream().filter(each -> !each.isNone()).toList();
            run.step(InPlaceStep.SILENCE);
            replacement.begin(written.stream().map(RowDifference::relation).toList());
            List<String> beside;
            try {
                beside = write(manifest, replacement, written);
            } catch (RuntimeException e) {
                throw putBack(e);
            }
            return new InPlaceReport(
                    request.backup(),
                    safety,
                    written.stream()
                            .map(InPlace::replaced)
                            .sorted(Comparator.comparing(InPlaceReport.Replaced::name))
                            .toList(),
                    differences.size() - written.size(),
                    beside,
                    Duration.between(locked, run.now()),
                    Duration.between(run.started(), run.now()));
        }
    }

    /** By a name alone nobody knows whether a database is the one that was backed up. */
    private void checkSource() {
        SourceName source = request.backup().source();
        if (!repository.sources().identities(source).contains(database.identity())) {
            throw new HoldfastException(
                            ErrorCode.SOURCE_MISMATCH,
                            "backup " + request.backup() + " is not of the database at " + database.address())
                    .withHint("--into NAME brings it back as a new database");
        }
    }

    /** Sooner than the lock would find out: what another run has locked cannot even be compared. */
    private void checkNobodyIsAtIt() {
        try (Replacement replacement = database.replacement(run, "holdfast restore " + request.backup())) {
            replacement.claim();
        }
    }

    private BackupName safetyBackup(Database state) {
        try {
            return new Backup(repository, journal, state, request.safety(), run.part())
                    .take()
                    .head()
                    .name();
        } catch (HoldfastException e) {
            throw e.during("no safety backup, so nothing was changed");
        }
    }

    private void checkSchema(SchemaDifference schema) {
        if (!schema.isSame()) {
            String objects = schema.objects().stream()
                    .limit(3)
                    .map(SchemaDifference.ObjectChange::object)
                    .collect(Collectors.joining(", "));
            int more = schema.objects().size() - 3;
            throw new HoldfastException(
                            ErrorCode.UNSUPPORTED,
                            "the schema is not that of the backup any more: " + objects
                                    + (more > 0 ? " and " + more + " more" : ""))
                    .withHint("holdfast compare " + request.backup() + " shows what differs; --swap exchanges the whole"
                            + " database, --into NAME brings the backup back beside it");
        }
    }

    private Earlier earlier(Manifest manifest) {
        Map<String, JsonObject> relations = new HashMap<>();
        for (RelationEntry entry : manifest.relations()) {
            relations.put(entry.name(), entry.relation());
        }
        return new Earlier(
                Optional.empty(), manifest.head().database(), name -> Optional.ofNullable(relations.get(name)));
    }

    private List<RowDifference> differences(Manifest manifest, BackupText text, Replacement replacement) {
        try (Reading reading =
                replacement.reading(earlier(manifest), request.safety().jobs())) {
            List<RowDifference> differences = RowDifference.of(manifest, reading, text, run);
            if (differences.size() != manifest.relations().size()) {
                throw new HoldfastException(
                                ErrorCode.UNSUPPORTED, "not every table of the backup is there to be put back")
                        .withHint("--into NAME brings the backup back beside it");
            }
            return differences;
        }
    }

    private List<String> write(Manifest manifest, Replacement replacement, List<RowDifference> written) {
        run.step(InPlaceStep.WRITE);
        for (RowDifference each : written) {
            each.come()
                    .byRange()
                    .forEach((range, rows) -> replacement.delete(
                            each.relation(), each.relation().ranges().get(range), rows));
            if (!each.gone().isEmpty()) {
                replacement.insert(each.relation(), each.rowsToInsert(manifest.chunks()));
            }
        }
        run.step(InPlaceStep.COMPLETE);
        List<String> beside = replacement.complete(new String(manifest.piece("sequences.sql"), UTF_8));
        run.step(InPlaceStep.CHECK);
        try (Reading reading = replacement.reading(earlier(manifest), 1)) {
            new WrittenCheck(manifest, run).check(reading, replacement.touched());
        }
        run.step(InPlaceStep.COMMIT);
        replacement.commit();
        return beside;
    }

    /** Whatever goes wrong before the commit, the transaction leaves nothing. */
    private static HoldfastException putBack(RuntimeException failure) {
        HoldfastException error = failure instanceof HoldfastException known
                ? known
                : new HoldfastException(ErrorCode.INTERNAL, "unforeseen: " + failure, failure);
        return error.aftermath() == Aftermath.UNTOUCHED ? error.withAftermath(Aftermath.PUT_BACK) : error;
    }

    private static InPlaceReport.Replaced replaced(RowDifference difference) {
        long gone = difference.gone().count();
        long come = difference.come().count();
        long changed = difference.changed();
        long after = difference.backup().tally().count();
        return new InPlaceReport.Replaced(
                difference.relation().name(), after - gone + come, after, gone - changed, changed, come - changed);
    }
}
