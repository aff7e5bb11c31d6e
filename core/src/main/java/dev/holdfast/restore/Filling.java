package dev.holdfast.restore;

import dev.holdfast.engine.Reading;
import dev.holdfast.engine.Restoration;
import dev.holdfast.error.Aftermath;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.repository.Manifest;
import dev.holdfast.run.Run;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Makes a restoration whole, and shows that it is equal to the backup: what any restore does before the database gets its name. */
final class Filling {
    private final Restoration restoration;
    private final Manifest manifest;
    private final Run run;
    private final int jobs;

    Filling(Restoration restoration, Manifest manifest, Run run, int jobs) {
        this.restoration = restoration;
        this.manifest = manifest;
        this.run = run;
        this.jobs = jobs;
    }

    /** Makes everything, and reads it again: each relation with its rows, in the order of their names. */
    List<RestoreReport.Restored> fillAndCheck() {
        fill();
        run.step(RestoreStep.CHECK);
        try (Reading reading = restoration.reread(jobs)) {
            List<EqualRows.Unequal> unequal = new EqualRows(reading, manifest, run).unequal();
            if (!unequal.isEmpty()) {
                throw notEqual(unequal);
            }
        }
        return manifest.relations().stream()
                .map(relation -> new RestoreReport.Restored(
                        relation.name(), relation.tally().count()))
                .sorted(Comparator.comparing(RestoreReport.Restored::name))
                .toList();
    }

    private HoldfastException notEqual(List<EqualRows.Unequal> unequal) {
        return new HoldfastException(
                        ErrorCode.NOT_EQUAL,
                        "tables are not equal to the backup: "
                                + unequal.stream()
                                        .map(table -> table.name() + " (" + table.how() + ")")
                                        .collect(Collectors.joining(", ")))
                .withHint("holdfast verify " + manifest.head().name() + " says whether the backup is whole");
    }

    /** Makes everything; whether it is equal is for others to see. */
    void fill() {
        run.step(RestoreStep.CREATE);
        restoration.create();
        run.step(RestoreStep.PREPARE);
        restoration.prepare();
        run.step(RestoreStep.ROWS);
        new RowLoading(restoration, manifest, run, jobs).loadAll();
        run.step(RestoreStep.COMPLETE);
        restoration.complete(jobs);
    }

    /** Does something with a restoration, and closes it. When that fails, what was made is removed, and the error says so. */
    static <T> T orRemove(Restoration restoration, Run run, Supplier<T> work) {
        T done;
        try {
            done = work.get();
        } catch (RuntimeException e) {
            throw removed(restoration, run.reason(e));
        } catch (Error e) {
            throw removed(restoration, e);
        }
        restoration.close();
        return done;
    }

    private static RuntimeException removed(Restoration restoration, Throwable failure) {
        HoldfastException error = HoldfastException.of(failure);
        boolean made = restoration.isMade();
        try {
            restoration.close();
            return made ? error.withAftermath(Aftermath.PUT_BACK) : error;
        } catch (RuntimeException e) {
            String advice =
                    e instanceof HoldfastException known ? ". " + known.hint().orElse("") : "";
            HoldfastException both = error.withAftermath(Aftermath.NOT_PUT_BACK).withHint(e.getMessage() + advice);
            both.addSuppressed(e);
            return both;
        }
    }
}
