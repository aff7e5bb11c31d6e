package dev.holdfast.restore;

import dev.holdfast.backup.Backup;
import dev.holdfast.backup.BackupRequest;
import dev.holdfast.compare.Compare;
import dev.holdfast.compare.CompareReport;
import dev.holdfast.compare.CompareRequest;
import dev.holdfast.engine.BackupText;
import dev.holdfast.engine.Capture;
import dev.holdfast.engine.Database;
import dev.holdfast.engine.Earlier;
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
import dev.holdfast.run.Deadline;
import dev.holdfast.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Puts the rows of a live database back to those of a backup, and changes no others. Everything happens in one transaction, before whose
 * first change a safety backup of the very state that it changes is published. Used once.
 */
public final class InPlace {
    /** So many bytes, newly written, are read in about a second. */
    private static final long LITTLE = 256 << 20;

    private static final Set<ErrorCode> NO_ROOM =
            Set.of(ErrorCode.STORE_FULL, ErrorCode.STORE_READ_ONLY, ErrorCode.STORE_FAILED);

    private final Repository repository;
    private final Journal journal;
    private final Supplier<SafetyPlace> safetyPlaces;
    private final Database database;
    private final Function<JsonObject, BackupText> texts;
    private final InPlaceRequest request;
    private final Terms terms;
    private final Run run;
    private final JsonObject onRecord = new JsonObject();

    /**
     * @param safetyPlaces where the safety backups go: into the same repository, as a rule; asked once, when it was agreed to
     */
    public InPlace(
            Repository repository,
            Journal journal,
            Supplier<SafetyPlace> safetyPlaces,
            Database database,
            Function<JsonObject, BackupText> texts,
            InPlaceRequest request,
            Run run) {
        this.repository = repository;
        this.journal = journal;
        this.safetyPlaces = safetyPlaces;
        this.database = database;
        this.texts = texts;
        this.request = request;
        this.terms = request.terms();
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
        BackupText text = texts.apply(manifest.head().database());
        checkSource();
        checkNobodyIsAtIt();
        run.step(InPlaceStep.PLAN);
        if (!agreed.test(plan(terms.counted() ? Optional.of(rows()) : Optional.empty()))) {
            return Optional.empty();
        }
        SafetyPlace place = safetyPlaces.get();
        boolean isNear = isNearNewest(manifest, text, place);
        var record = record(place);
        record.begin(request.safety().holder());
        InPlaceReport report;
        try {
            report = replace(manifest, text, place, isNear);
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
        SourceName changed =
                report.safety().map(BackupName::source).orElse(request.backup().source());
        record.passed(
                report.tables().stream()
                        .mapToLong(InPlaceReport.Replaced::written)
                        .sum(),
                onRecord,
                changed);
        run.closingStep(InPlaceStep.DONE);
        return Optional.of(report);
    }

    private RestoreRecord record(SafetyPlace place) {
        request.takesBack().ifPresent(taken -> onRecord.put("takes_back", taken.hex()));
        place.elsewhere().ifPresent(address -> onRecord.put("safety_repository", address));
        if (!request.selection().isEverything()) {
            onRecord.put("only", List.copyOf(new TreeSet<>(request.selection().tables())));
        }
        if (!terms.withSafety()) {
            onRecord.put("no_safety_backup", true);
        }
        var subject = new RestoreRecord.Subject(
                request.backup(),
                database.name(),
                terms.onto().isPresent() ? "onto" : "in_place",
                request.safety().notes().by());
        return new RestoreRecord(journal, subject, run);
    }

    private InPlacePlan plan(Optional<InPlacePlan.Rows> rows) {
        return new InPlacePlan(
                request.backup(), database.name(), database.protection().isOn(), request.selection(), terms, rows);
    }

    private InPlacePlan.Rows rows() {
        Instant began = run.now();
        CompareRequest compared = request.selection().compared(request.safety().jobs());
        CompareReport differences =
                new Compare(repository, texts, compared, run.part()).withDatabase(request.backup(), database);
        new LiveSchema(request).check(differences);
        var rows = new InPlacePlan.Rows(differences, request.selection().mode(), Duration.between(began, run.now()));
        terms.longestBlock().filter(most -> rows.blocking().compareTo(most) > 0).ifPresent(most -> {
            throw tooLong("writers would have to wait for about "
                    + Math.max(1, rows.blocking().toSeconds())
                    + " s, which is longer than was allowed");
        });
        return rows;
    }

    private static HoldfastException tooLong(String what) {
        return new HoldfastException(ErrorCode.TOO_LONG, what)
                .withHint("allow more, or choose a time in which fewer rows are written; --table brings back less");
    }

    /** A short look, which reads no rows: whether the tables fit, and whether a backup under the lock would have little to read. */
    private boolean isNearNewest(Manifest manifest, BackupText text, SafetyPlace place) {
        BackupRequest safety = request.safety();
        Earlier newest = Backup.newest(
                place.repository(), request.backup().source(), database.identity(), safety.fullRead(), run.part());
        try (Capture capture = database.capture(run, 1, newest)) {
            Compare.checkEncodings(text, capture.text());
            new LiveSchema(request).check(manifest, capture.relations(), text);
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
    private InPlaceReport replace(Manifest manifest, BackupText text, SafetyPlace place, boolean isNear) {
        if (!isNear && terms.withSafety()) {
            run.step(InPlaceStep.SAFETY);
            safetyBackup(database, request.safety(), place);
        }
        run.step(InPlaceStep.LOCK);
        try (Replacement replacement = database.replacement(run, "holdfast restore " + request.backup())) {
            replacement.claim(terms.withinGuard());
            replacement.lock(terms.longestBlock());
            Instant locked = run.now();
            try (Deadline deadline = Deadline.of(terms.longestBlock(), run, late())) {
                Optional<Manifest> safety =
                        terms.withSafety() ? Optional.of(lockedSafetyBackup(replacement, place)) : Optional.empty();
                var rows = new LockedRows(manifest, safety, text, replacement, request, run);
                List<RowWork> found = rows.find();
                List<RowWork> work =
                        found.stream().filter(each -> !each.isNone()).toList();
                rows.silence(work);
                List<String> beside = write(rows, work, deadline);
                return new InPlaceReport(
                        request.backup(),
                        database.name(),
                        request.selection(),
                        safety.map(taken -> taken.head().name()),
                        place.elsewhere(),
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
    }

    private HoldfastException late() {
        return tooLong("writers have waited for "
                + terms.longestBlock().orElse(Duration.ZERO).toMillis() / 1000.0 + " s, the most that was allowed");
    }

    private Manifest lockedSafetyBackup(Replacement replacement, SafetyPlace place) {
        run.step(InPlaceStep.SAFETY_LOCKED);
        BackupName name = safetyBackup(replacement.locked(), request.safety().withoutRereading(), place);
        onRecord.put("safety_backup", name.toString());
        return Manifest.read(place.repository(), name);
    }

    private BackupName safetyBackup(Database state, BackupRequest how, SafetyPlace place) {
        var safety = new SafetyBackup(place.repository(), place.journal(), how, run);
        try {
            return SafetyBackup.orNothing("was changed", () -> safety.of(state));
        } catch (HoldfastException e) {
            throw NO_ROOM.contains(e.code())
                    ? e.withHint("--safety-to FOLDER keeps the safety backup in another repository")
                    : e;
        }
    }

    /** Whatever goes wrong before the commit, the transaction leaves nothing. */
    private List<String> write(LockedRows rows, List<RowWork> work, Deadline deadline) {
        try {
            return rows.write(work, deadline);
        } catch (RuntimeException e) {
            HoldfastException error = HoldfastException.of(run.reason(e));
            throw error.aftermath() == Aftermath.UNTOUCHED ? error.withAftermath(Aftermath.PUT_BACK) : error;
        }
    }

    /** By a name alone nobody knows whether a database is the one that was backed up. */
    private void checkSource() {
        SourceName source = request.backup().source();
        boolean isOwn = repository.sources().identities(source).contains(database.identity());
        if (!isOwn && terms.onto().isEmpty()) {
            throw new HoldfastException(
                            ErrorCode.SOURCE_MISMATCH,
                            "backup " + request.backup() + " is not of the database at " + database.address())
                    .withHint(
                            "--into NAME brings it back as a new database, --onto NAME in place of the rows of another");
        }
    }

    /** Sooner than the lock would find out: what another run has locked cannot even be compared. */
    private void checkNobodyIsAtIt() {
        try (Replacement replacement = database.replacement(run, "holdfast restore " + request.backup())) {
            replacement.claim(terms.withinGuard());
        }
    }
}
