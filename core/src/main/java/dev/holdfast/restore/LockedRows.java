package dev.holdfast.restore;

import dev.holdfast.compare.Compare;
import dev.holdfast.compare.CompareRequest;
import dev.holdfast.compare.RowDifference;
import dev.holdfast.compare.SchemaDifference;
import dev.holdfast.compare.TakenMoment;
import dev.holdfast.engine.BackupText;
import dev.holdfast.engine.Capture;
import dev.holdfast.engine.Earlier;
import dev.holdfast.engine.Reading;
import dev.holdfast.engine.Relation;
import dev.holdfast.engine.Replacement;
import dev.holdfast.repository.Manifest;
import dev.holdfast.run.Deadline;
import dev.holdfast.run.Run;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The rows of a database that nobody else writes to now, put back within the transaction that keeps the others waiting. Used once. */
final class LockedRows {
    private final Manifest manifest;
    private final Optional<Manifest> safety;
    private final BackupText text;
    private final Replacement replacement;
    private final InPlaceRequest request;
    private final LiveSchema schema;
    private final Run run;

    /**
     * @param safety the backup that was taken since the lock
     */
    LockedRows(
            Manifest manifest,
            Optional<Manifest> safety,
            BackupText text,
            Replacement replacement,
            InPlaceRequest request,
            Run run) {
        this.manifest = manifest;
        this.safety = safety;
        this.text = text;
        this.replacement = replacement;
        this.request = request;
        this.schema = new LiveSchema(request);
        this.run = run;
    }

    /** What is to be done to each wanted relation; also to those objects of the schema to which nothing is. */
    List<RowWork> find() {
        run.step(InPlaceStep.DIFFERENCE);
        if (request.selection().isEverything()) {
            schema.check(safety.map(taken -> SchemaDifference.between(manifest, taken, text))
                    .orElseGet(this::schemaOfNow));
        }
        return differences().stream()
                .map(each -> RowWork.of(each, request.selection().mode()))
                .filter(each -> !each.isNone()
                        || text.belongsToSchema(each.difference().relation().facts()))
                .toList();
    }

    private SchemaDifference schemaOfNow() {
        Earlier none = Earlier.none("only its schema is looked at");
        try (Capture capture = replacement.locked().capture(run.part(), 1, none)) {
            return SchemaDifference.between(manifest, capture.piece(text.schemaPiece()), text);
        }
    }

    private List<RowDifference> differences() {
        CompareRequest wanted = request.selection().compared(request.safety().jobs());
        Earlier earlier = Compare.earlier(safety.orElse(manifest));
        try (Reading reading = replacement.reading(earlier, wanted.jobs())) {
            schema.check(manifest, reading.relations(), text);
            return safety.isPresent()
                    ? new TakenMoment(reading, safety.get())
                            .differences(manifest, wanted::wants, text, wanted.jobs(), run)
                    : RowDifference.of(manifest, reading, wanted::wants, text, run);
        }
    }

    /** Gets ready to write; nothing is written yet. */
    void silence(List<RowWork> work) {
        run.step(InPlaceStep.SILENCE);
        replacement.begin(
                work.stream().map(each -> each.difference().relation()).toList(),
                !request.selection().isEverything(),
                manifest::pieceIfAny);
    }

    /**
     * Does the work, shows that it is done, and commits; what was done beside the rows, for people.
     *
     * @param deadline of what may still be broken off: not the commit
     */
    List<String> write(List<RowWork> work, Deadline deadline) {
        run.step(InPlaceStep.WRITE);
        work.forEach(this::write);
        run.step(InPlaceStep.COMPLETE);
        List<String> beside = replacement.complete();
        run.step(InPlaceStep.CHECK);
        check(work);
        deadline.close();
        run.step(InPlaceStep.COMMIT);
        replacement.commit();
        return beside;
    }

    private void write(RowWork work) {
        Relation relation = work.difference().relation();
        work.delete()
                .byRange()
                .forEach((range, rows) ->
                        replacement.delete(relation, relation.ranges().get(range), rows));
        if (!work.insert().isEmpty()) {
            replacement.insert(relation, work.difference().stored(work.insert(), manifest.chunks()));
        }
    }

    private void check(List<RowWork> work) {
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
}
