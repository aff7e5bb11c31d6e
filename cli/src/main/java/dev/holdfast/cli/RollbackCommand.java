package dev.holdfast.cli;

import dev.holdfast.Holdfast;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.journal.Ending;
import dev.holdfast.journal.JournalList;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.SourceName;
import dev.holdfast.restore.LastChange;
import dev.holdfast.restore.Selection;
import dev.holdfast.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast rollback}. */
@Command(
        name = "rollback",
        description =
                "Take the last restore or guarded command back: put the live database back to the backup that was taken before it.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Which one was the last is told by the journal. In place, or, when the schema has changed since, by an"
                    + " exchange of the whole database. A rollback takes a safety backup itself, so it can be taken back, too.",
            "Examples: holdfast rollback --dry-run; holdfast rollback 20260122_171449"
        })
final class RollbackCommand implements Callable<Integer> {
    /** What happened longer ago is taken back only when its backup is named. */
    private static final Duration RECENT = Duration.ofDays(1);

    private final Context context;

    @Mixin
    private JobsOption jobs = new JobsOption();

    @Mixin
    private Consent consent = new Consent();

    @Mixin
    private InPlaceOptions options = new InPlaceOptions();

    @Parameters(
            paramLabel = "ID",
            arity = "0..1",
            description =
                    "The backup to go back to; without it, the one from before the last restore or guarded command.")
    private @Nullable String id;

    RollbackCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Holdfast holdfast = context.existing();
        return id == null ? takeBack(holdfast, last(holdfast)) : goTo(holdfast, id);
    }

    private int takeBack(Holdfast holdfast, LastChange last) {
        BackupName before = before(last);
        context.say("takes back: the " + what(last) + " that ended " + Words.ago(last.at(), Instant.now()) + " (run "
                + JournalWords.shortId(last.run()) + ")"
                + (last.tables().isEmpty() ? "" : ", only of " + String.join(", ", new TreeSet<>(last.tables()))));
        return go(holdfast, before, Optional.of(last.run()), new Selection(last.tables(), Selection.Mode.REPLACE));
    }

    private int goTo(Holdfast holdfast, String wanted) {
        BackupName to = new Chosen(holdfast.repository(), context.databaseName()).backup(wanted);
        Optional<RunId> takesBack = LastChange.after(journal(holdfast), to).map(LastChange::run);
        return go(holdfast, to, takesBack, Selection.EVERYTHING);
    }

    private int go(Holdfast holdfast, BackupName to, Optional<RunId> takesBack, Selection selection) {
        var live = new LiveRestore(context, holdfast, consent, jobs.count(), true, options);
        try {
            return live.inPlace(to, takesBack, selection, Optional.empty());
        } catch (HoldfastException e) {
            if (e.code() != ErrorCode.SCHEMA_DIFFERS
                    || options.areAny()
                    || !selection.tables().isEmpty()) {
                throw e;
            }
            context.say("in place it cannot be done: " + e.getMessage() + ". So the whole database is exchanged");
            return live.swap(to, takesBack);
        }
    }

    private static JournalList journal(Holdfast holdfast) {
        return new JournalList(holdfast.journal(), Whoami.holder());
    }

    private LastChange last(Holdfast holdfast) {
        String database = context.databaseName()
                .orElseThrow(() -> new HoldfastException(ErrorCode.BAD_USAGE, "say which database is meant with --db"));
        SourceName source = holdfast.source(context.url());
        LastChange last = LastChange.of(journal(holdfast), source)
                .orElseThrow(() -> new HoldfastException(
                                ErrorCode.NO_SUCH_RUN,
                                "there is no restore or guarded command of database " + database + " to take back")
                        .withHint("holdfast journal lists the runs; holdfast rollback ID goes back to a backup"));
        if (last.ending() == Ending.RUNNING) {
            throw new HoldfastException(
                            ErrorCode.BUSY, "a " + what(last) + " of database " + database + " is under way")
                    .withHint(
                            "holdfast journal " + JournalWords.shortId(last.run()) + " shows it; if its process is gone"
                                    + last.before()
                                            .map(before -> ", holdfast rollback " + before + " goes back")
                                            .orElse(""));
        }
        if (last.ending() != Ending.PASS) {
            throw surprise(
                    "how the last " + what(last) + " ended is not known ("
                            + last.ending().word() + ")",
                    last);
        }
        if (last.takesBack()) {
            throw surprise("the last restore was a rollback itself", last);
        }
        if (Duration.between(last.at(), Instant.now()).compareTo(RECENT) > 0) {
            throw surprise("the last " + what(last) + " ended " + Words.ago(last.at(), Instant.now()), last);
        }
        return last;
    }

    private static BackupName before(LastChange last) {
        BackupName before = last.before()
                .orElseThrow(() -> new HoldfastException(
                                ErrorCode.UNSUPPORTED,
                                "the last restore took no safety backup (--no-safety-backup), so it cannot be taken back")
                        .withHint("holdfast list shows the backups; holdfast rollback ID goes back to one"));
        last.elsewhere().ifPresent(place -> {
            throw new HoldfastException(
                            ErrorCode.UNSUPPORTED, "the safety backup of the last restore is in another repository")
                    .withHint("holdfast --repository " + place + " " + InPlaceWords.back(last.tables(), before));
        });
        return before;
    }

    private static String what(LastChange last) {
        return last.kind().equals("guard") ? "guarded command" : last.kind();
    }

    private static HoldfastException surprise(String why, LastChange last) {
        return new HoldfastException(ErrorCode.NOT_CONFIRMED, why + ", so its backup must be named")
                .withHint(last.before()
                        .map(before -> "holdfast " + InPlaceWords.back(last.tables(), before)
                                + " goes back to what was before it")
                        .orElse("look at the database; holdfast list shows the backups, holdfast rollback ID goes back"
                                + " to one"));
    }
}
