package dev.holdfast.guard;

import dev.holdfast.backup.BackupRequest;
import dev.holdfast.engine.Database;
import dev.holdfast.engine.Watch;
import dev.holdfast.error.Aftermath;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.guard.GuardReport.TakenBack;
import dev.holdfast.journal.Journal;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.Kind;
import dev.holdfast.repository.Repository;
import dev.holdfast.restore.InPlace;
import dev.holdfast.restore.InPlaceReport;
import dev.holdfast.restore.InPlaceRequest;
import dev.holdfast.restore.Restore;
import dev.holdfast.restore.RestoreRequest;
import dev.holdfast.restore.SafetyPlace;
import dev.holdfast.restore.Selection;
import dev.holdfast.restore.Swap;
import dev.holdfast.restore.SwapReport;
import dev.holdfast.restore.SwapRequest;
import dev.holdfast.restore.Terms;
import dev.holdfast.run.Run;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes back what a command did: in place where only rows have changed, else by an exchange of the whole database; where that is gone, as a
 * new one of its name.
 */
final class TakingBack {
    private static final Set<ErrorCode> ANOTHER_WAY = Set.of(ErrorCode.SCHEMA_DIFFERS, ErrorCode.SOURCE_MISMATCH);

    private final Repository repository;
    private final Journal journal;
    private final Guard.Ways ways;
    private final Run run;

    TakingBack(Repository repository, Journal journal, Guard.Ways ways, Run run) {
        this.repository = repository;
        this.journal = journal;
        this.ways = ways;
        this.run = run;
    }

    /**
     * Takes it back, whichever way that goes.
     *
     * @param watch empty when it was lost
     */
    TakenBack of(GuardReport.Guarded guarded, BackupRequest backup, Optional<Watch> watch) {
        try {
            if (watch.isPresent()) {
                new Remains(watch.get(), run).end();
            }
            TakenBack done = take(guarded, safety(guarded, backup), watch.isPresent());
            watch.ifPresent(each -> new Remains(each, run).tellOfThose());
            return done;
        } catch (HoldfastException e) {
            HoldfastException why = HoldfastException.of(run.reason(e));
            String hint = why.hint().map(advice -> " (" + advice + ")").orElse("");
            return new TakenBack(
                    "",
                    Optional.empty(),
                    Optional.of(why.getMessage() + hint),
                    why.aftermath() == Aftermath.NOT_PUT_BACK);
        }
    }

    private static BackupRequest safety(GuardReport.Guarded guarded, BackupRequest backup) {
        return backup.as(Kind.SAFETY, "what '" + guarded.command() + "' left, before it was taken back");
    }

    private TakenBack take(GuardReport.Guarded guarded, BackupRequest safety, boolean isHeld) {
        if (isGone(guarded.database())) {
            return asNew(guarded, safety);
        }
        try (Database live = ways.sides().live().get()) {
            try {
                return inPlace(live, guarded, safety, isHeld);
            } catch (HoldfastException e) {
                if (!ANOTHER_WAY.contains(e.code())) {
                    throw e;
                }
                if (e.code() == ErrorCode.SOURCE_MISMATCH) {
                    bindIfMadeAgain(guarded, live);
                }
            }
        }
        return swap(guarded, safety);
    }

    /** The same name at the same server: the command has dropped it and made it again. At another server it is none of ours. */
    private void bindIfMadeAgain(GuardReport.Guarded guarded, Database live) {
        boolean isMadeAgain = repository.sources().identities(guarded.backup().source()).stream()
                .anyMatch(known -> withoutNumber(known).equals(withoutNumber(live.identity())));
        if (isMadeAgain) {
            bind(guarded, live);
        }
    }

    private static Map<String, Object> withoutNumber(JsonObject identity) {
        Map<String, Object> members = new HashMap<>(identity.members());
        members.remove("database_oid");
        return members;
    }

    private void bind(GuardReport.Guarded guarded, Database live) {
        repository.sources().bind(guarded.backup().source(), live.identity(), run.now());
    }

    private TakenBack inPlace(Database live, GuardReport.Guarded guarded, BackupRequest safety, boolean isHeld) {
        var request = new InPlaceRequest(
                guarded.backup(),
                safety,
                Optional.of(guarded.run()),
                Selection.EVERYTHING,
                new Terms(false, Optional.empty(), Optional.empty(), true, isHeld));
        var place = new SafetyPlace(repository, journal, Optional.empty());
        InPlaceReport report = new InPlace(repository, journal, () -> place, live, ways.texts(), request, run.part())
                .execute(plan -> true)
                .orElseThrow();
        String how = "in place: " + report.tables().size() + " of "
                + (report.tables().size() + report.untouched()) + " tables";
        return new TakenBack(how, report.safety(), Optional.empty(), false);
    }

    private TakenBack swap(GuardReport.Guarded guarded, BackupRequest safety) {
        var request = new SwapRequest(
                guarded.backup(), guarded.database(), true, safety.jobs(), safety, Optional.of(guarded.run()));
        SwapReport report = new Swap(repository, journal, ways.sides(), request, run.part())
                .execute(plan -> true)
                .orElseThrow();
        String how = "by an exchange of the whole database, since its schema has changed; what was there is kept as "
                + report.keptAs();
        return new TakenBack(how, Optional.of(report.safety()), Optional.empty(), false);
    }

    private boolean isGone(String database) {
        try (Database beside = ways.sides().beside().get()) {
            return !beside.hasDatabase(database);
        } catch (HoldfastException e) {
            return false; // who cannot look there learns it from the database itself
        }
    }

    private TakenBack asNew(GuardReport.Guarded guarded, BackupRequest safety) {
        var request = new RestoreRequest(
                guarded.backup(),
                guarded.database(),
                true,
                safety.jobs(),
                safety.notes().by(),
                safety.holder());
        try (Database beside = ways.sides().beside().get()) {
            new Restore(repository, journal, beside, request, run.part()).execute();
        }
        try (Database live = ways.sides().live().get()) {
            bind(guarded, live);
        }
        return new TakenBack(
                "as a new database, since it was dropped or renamed", Optional.empty(), Optional.empty(), false);
    }
}
