package dev.holdfast.restore;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.backup.Backup;
import dev.holdfast.backup.BackupRequest;
import dev.holdfast.compare.Compare;
import dev.holdfast.compare.CompareReport;
import dev.holdfast.compare.CompareRequest;
import dev.holdfast.compare.RowDifference;
import dev.holdfast.compare.SchemaDifference;
import dev.holdfast.compare.TakenMoment;
import dev.holdfast.engine.BackupText;
import dev.holdfast.engine.Capture;
import dev.holdfast.engine.Database;
import dev.holdfast.engine.Earlier;
import dev.holdfast.engine.Reading;
import dev.holdfast.engine.Relation;
import dev.holdfast.engine.Replacement;
import dev.holdfast.error.Aftermath;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.journal.Journal;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.Manifest;
import dev.holdfast.repository.Repository;
import dev.holdfast.repository.SourceName;
import dev.holdfast.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Puts the rows of a live database back to those of a backup, and changes no others. Everything happens in one transaction, before whose
 * first change a safety backup of the very state that it changes is published. Used once.
 */
public final class InPlace {
    /** So many bytes, newly written, are read in about a second. */
    private static final long LITTLE = 256 << 20;

    private final Repository repository;
    private final Journal journal;
    private final Database database;
    private final Function<JsonObject, BackupText> texts;
    private final InPlaceRequest request;
    private final Run run;
    private final LiveSchema schema;
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
        this.schema = new LiveSchema(request);
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
        run.step(InPlaceStep.PLAN);
        if (request.counted() && !agreed.test(plan(Optional.of(rows())))) {
            return Optional.empty();
        }
        boolean isNear = isNearNewest(manifest);
        if (!request.counted() && !agreed.test(plan(Optional.empty()))) {
            return Optional.empty();
        }
        var subject = new RestoreRecord.Subject(
                request.backup(),
                database.name(),
                "in_place",
                request.safety().notes().by());
        var record = new RestoreRecord(journal, subject, run);
        request.takesBack().ifPresent(taken -> onRecord.put("takes_back", taken.hex()));
        record.begin(request.safety().holder());
        InPlaceReport report;
        try {
            report = replace(manifest, isNear);
        } catch (RuntimeException e) {
            RuntimeException reason = run.reason(e);
            record.failedOnLive(reason, onRecord);
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

    private InPlacePlan plan(Optional<InPlacePlan.Rows> rows) {
        return new InPlacePlan(
                request.backup(), database.name(), database.protection().isOn(), request.selection(), rows);
    }

    private InPlacePlan.Rows rows() {
        Instant began = run.now();
        CompareRequest compared = request.selection().compared(request.safety().jobs());
        CompareReport differences =
                new Compare(repository, texts, compared, run.part()).withDatabase(request.backup(), database);
        schema.check(differences);
        return new InPlacePlan.Rows(differences, Duration.between(began, run.now()));
    }

    /** A short look, which reads no rows: whether the tables fit, and whether a backup under the lock would have little to read. */
    private boolean isNearNewest(Manifest manifest) {
        BackupText text = texts.apply(manifest.head().database());
        Earlier newest = Backup.newest(
                repository,
                request.backup().source(),
                database.identity(),
                request.safety().fullRead(),
                run.part());
        try (Capture capture = database.capture(run, 1, newest)) {
            schema.check(manifest, capture.relations(), text);
            long readInFull = capture.relations().stream()
                    .filter(relation -> relation.readInFull().isPresent())
                    .mapToLong(Relation::bytes)
                    .sum();
            return capture.writtenSince().orElse(Long.MAX_VALUE) < LITTLE - readInFull;
        }
    }

    /**
     * @param isNear whether the newest backup has nearly all of it, so that one without locks would not make the one under them any shorter
     */
    private InPlaceReport replace(Manifest manifest, boolean isNear) {
        if (!isNear) {
            run.step(InPlaceStep.SAFETY);
            safetyBackup(database, request.safety());
        }
        run.step(InPlaceStep.LOCK);
        try (Replacement replacement = database.replacement(run, "holdfast restore " + request.backup())) {
            replacement.claim();
            replacement.lock();
            Instant locked = run.now();
            run.step(InPlaceStep.SAFETY_LOCKED);
            Manifest safety = Manifest.read(
                    repository,
                    safetyBackup(replacement.locked(), request.safety().withoutRereading()));
            onRecord.put("safety_backup", safety.head().name().toString());
            BackupText text = texts.apply(manifest.head().database());
            if (request.selection().isEverything()) {
                schema.check(SchemaDifference.between(manifest, safety, text));
            }
            run.step(InPlaceStep.DIFFERENCE);
            List<RowWork> found = differences(manifest, text, replacement, safety).stream()
                    .map(each -> RowWork.of(each, request.selection().mode()))
                    .toList();
            List<RowWork> work = found.stream().filter(each -> !each.isNone()).toList();
            run.step(InPlaceStep.SILENCE);
            replacement.begin(
                    work.stream().map(each -> each.difference().relation()).toList(),
                    !request.selection().isEverything());
            List<String> beside;
            try {
                beside = write(manifest, text, replacement, work);
            } catch (RuntimeException e) {
                throw putBack(e);
            }
            return new InPlaceReport(
                    request.backup(),
                    safety.head().name(),
                    work.stream()
                            .map(RowWork::report)
                            .sorted(Comparator.comparing(InPlaceReport.Replaced::name))
                            .toList(),
                    found.size() - work.size(),
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

    private BackupName safetyBackup(Database state, BackupRequest how) {
        var safety = new SafetyBackup(repository, journal, how, run);
        return SafetyBackup.orNothing("was changed", () -> safety.of(state));
    }

    /** Between two backups, of which the second is of what is there now. */
    private List<RowDifference> differences(
            Manifest manifest, BackupText text, Replacement replacement, Manifest safety) {
        CompareRequest wanted = request.selection().compared(request.safety().jobs());
        try (Reading reading = replacement.reading(Compare.earlier(safety), wanted.jobs())) {
            List<RowDifference> differences =
                    new TakenMoment(reading, safety).differences(manifest, wanted::wants, text, wanted.jobs(), run);
            schema.check(manifest, differences, text);
            return differences;
        }
    }

    private List<String> write(Manifest manifest, BackupText text, Replacement replacement, List<RowWork> work) {
        run.step(InPlaceStep.WRITE);
        for (RowWork each : work) {
            Relation relation = each.difference().relation();
            each.delete()
                    .byRange()
                    .forEach((range, rows) ->
                            replacement.delete(relation, relation.ranges().get(range), rows));
            if (!each.insert().isEmpty()) {
                replacement.insert(relation, each.difference().stored(each.insert(), manifest.chunks()));
            }
        }
        run.step(InPlaceStep.COMPLETE);
        List<String> beside = replacement.complete(new String(manifest.piece("sequences.sql"), UTF_8));
        run.step(InPlaceStep.CHECK);
        check(manifest, text, replacement, work);
        run.step(InPlaceStep.COMMIT);
        replacement.commit();
        return beside;
    }

    private void check(Manifest manifest, BackupText text, Replacement replacement, List<RowWork> work) {
        var check = new WrittenCheck(manifest, run);
        if (request.selection().isEverything()) {
            check.everything(work, replacement);
        } else {
            Predicate<String> wanted = request.selection().compared(1)::wants;
            try (Reading reading = replacement.reading(Compare.earlier(manifest), 1)) {
                check.some(work, RowDifference.of(manifest, reading, wanted, text, run), replacement.touched());
            }
        }
    }

    /** Whatever goes wrong before the commit, the transaction leaves nothing. */
    private static HoldfastException putBack(RuntimeException failure) {
        HoldfastException error = HoldfastException.of(failure);
        return error.aftermath() == Aftermath.UNTOUCHED ? error.withAftermath(Aftermath.PUT_BACK) : error;
    }
}
