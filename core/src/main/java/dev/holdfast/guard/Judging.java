package dev.holdfast.guard;

import dev.holdfast.compare.Compare;
import dev.holdfast.compare.CompareReport;
import dev.holdfast.compare.CompareRequest;
import dev.holdfast.engine.BackupText;
import dev.holdfast.engine.Database;
import dev.holdfast.engine.Watch;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.guard.GuardReport.Check;
import dev.holdfast.guard.GuardReport.Judgment;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.Repository;
import dev.holdfast.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Looks at what a command has done, once it has ended. Nothing here fails: what cannot be seen is said. */
final class Judging {
    private static final int SAMPLES = 3;

    private final Repository repository;
    private final Supplier<Database> live;
    private final Function<JsonObject, BackupText> texts;
    private final GuardRequest request;
    private final Run run;
    private final List<String> trouble = new ArrayList<>();

    Judging(
            Repository repository,
            Supplier<Database> live,
            Function<JsonObject, BackupText> texts,
            GuardRequest request,
            Run run) {
        this.repository = repository;
        this.live = live;
        this.texts = texts;
        this.request = request;
        this.run = run;
    }

    /**
     * Judges.
     *
     * @param position the one of the server's log when the command began
     */
    Judgment of(BackupName backup, Command.Ended ended, Watch watch, String position) {
        run.closingStep(GuardStep.COMPARE);
        Optional<Changes> changes = orTrouble("what has changed is not known", () -> changes(backup, watch, position));
        List<String> atWork = List.of();
        if (watch.isHeld()) {
            atWork = orTrouble("who is at work is not known", () -> named(watch.leftovers()))
                    .orElse(List.of());
        } else {
            trouble.add("the connection that kept other guards away was cut while the command ran");
        }
        run.closingStep(GuardStep.CHECK);
        return new Judgment(checks(ended, changes, watch), changes, atWork, trouble);
    }

    private static List<String> named(List<Watch.Leftover> leftovers) {
        return leftovers.stream().map(Watch.Leftover::who).toList();
    }

    private <T> Optional<T> orTrouble(String what, Supplier<T> work) {
        try {
            return Optional.of(work.get());
        } catch (HoldfastException e) {
            trouble.add(what + ": " + HoldfastException.of(run.reason(e)).getMessage());
            return Optional.empty();
        }
    }

    private Changes changes(BackupName backup, Watch watch, String position) {
        boolean isHeld = watch.isHeld();
        Optional<Long> others = isHeld ? Optional.of(watch.others()) : Optional.empty();
        if (isHeld && watch.position().equals(position)) {
            return Changes.untouched(others);
        }
        var compared = new CompareRequest(Set.of(), SAMPLES, request.backup().jobs());
        try (Database database = live.get()) {
            CompareReport differences =
                    new Compare(repository, texts, compared, run.part()).withDatabase(backup, database);
            return new Changes(false, differences, watch.links(), others);
        }
    }

    private List<Check> checks(Command.Ended ended, Optional<Changes> changes, Watch watch) {
        List<Check> checks = new ArrayList<>();
        if (!ended.leftRunning().isEmpty()) {
            checks.add(Check.of(
                    "all processes of the command have ended",
                    Optional.of("still running: " + String.join(", ", ended.leftRunning()))));
        }
        if (request.conditions().change()) {
            checks.add(Check.of(
                    "the command changes something",
                    changes.filter(Changes::areNone).map(none -> "no row and no object has changed since the backup")));
        }
        for (String question : request.conditions().checks()) {
            checks.add(Check.of(question, doubts(watch, question)));
        }
        return checks;
    }

    /** What cannot be asked is not well. */
    private static Optional<String> doubts(Watch watch, String question) {
        try {
            return watch.doubts(question);
        } catch (HoldfastException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
