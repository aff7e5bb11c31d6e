package dev.holdfast.cli;

import dev.holdfast.Holdfast;
import dev.holdfast.backup.BackupRequest;
import dev.holdfast.backup.FullRead;
import dev.holdfast.error.Aftermath;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.project.Surroundings;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.Kind;
import dev.holdfast.repository.Notes;
import dev.holdfast.restore.InPlaceReport;
import dev.holdfast.restore.InPlaceRequest;
import dev.holdfast.restore.RestoreReport;
import dev.holdfast.restore.RestoreRequest;
import dev.holdfast.restore.SwapReport;
import dev.holdfast.restore.SwapRequest;
import dev.holdfast.run.Run;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast restore}. */
@Command(
        name = "restore",
        description =
                "Put the rows of the live database back to those of a backup, in place; or bring the backup back as a new"
                        + " database, or in the place of the live one. Every table is shown to be equal to the backup.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Without --into and --swap, the database that --db names is put back in one transaction: readers go on, writers"
                    + " wait, and a safety backup holds every row that was there. Only rows that differ are written.",
            "The new database is made on the server that --db means. Until it is complete and compared it has another"
                    + " name; if anything fails, it is removed.",
            "With --swap, the database that --db names works on until the end. After a safety backup of it both exchange"
                    + " their names in one moment; it is kept as NAME_before_ID, and its sessions are ended.",
            "Examples: holdfast restore latest --dry-run; holdfast restore latest --into shop_check"
        })
final class RestoreCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private JobsOption jobs = new JobsOption();

    @Parameters(paramLabel = "ID", description = Chosen.HELP)
    private String id = "";

    @Option(names = "--into", paramLabel = "NAME", description = "The database to make; it must not exist.")
    private @Nullable String into;

    @Option(names = "--swap", description = "In the place of the database that --db names; that one is kept.")
    private boolean swap;

    @Mixin
    private Consent consent = new Consent();

    @Option(names = "--no-owner", description = "Everything belongs to the role that restores; rights are left out.")
    private boolean noOwner;

    RestoreCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (into != null && swap) {
            throw new HoldfastException(ErrorCode.BAD_USAGE, "--into and --swap exclude each other")
                    .withHint("--into makes a new database, --swap one in the place of the one that --db names");
        }
        Holdfast holdfast = context.existing();
        BackupName name = new Chosen(holdfast.repository(), context.databaseName()).backup(id);
        if (into != null) {
            return restoreInto(holdfast, name, into);
        }
        return swap ? swap(holdfast, name) : inPlace(holdfast, name);
    }

    private int inPlace(Holdfast holdfast, BackupName name) {
        Run run = holdfast.newRun();
        context.interruptible(run, Aftermath.NOT_PUT_BACK);
        var asked = new Asked(run);
        Optional<InPlaceReport> report =
                holdfast.restoreInPlace(run, context.url(), new InPlaceRequest(name, safety(name)), plan -> {
                    String text = String.join("\n", InPlaceWords.lines(plan));
                    return asked.isAgreed(
                            new Consent.Plan(text, InPlaceWords.json(plan), plan.database(), plan.isProtected()));
                });
        if (report.isEmpty()) {
            return asked.answer.exit();
        }
        if (context.json()) {
            context.answer(InPlaceWords.json(report.get()));
        } else {
            InPlaceWords.lines(report.get()).forEach(context.terminal().out()::println);
        }
        return ExitCode.DONE;
    }

    /** What came of the question whether to go on. */
    private final class Asked {
        private final Run run;
        private Consent.Answer answer = Consent.Answer.REFUSED;

        Asked(Run run) {
            this.run = run;
        }

        boolean isAgreed(Consent.Plan plan) {
            answer = consent.ask(context, run, plan);
            return answer == Consent.Answer.GO_ON;
        }
    }

    private BackupRequest safety(BackupName name) {
        var notes = new Notes(
                Optional.of("before restoring " + name + " in its place"),
                Map.of(),
                Whoami.json(),
                Surroundings.json(context.environment(), context.folder()));
        return new BackupRequest(
                Kind.SAFETY, notes, Whoami.holder(), jobs.count(), FullRead.USUAL, BackupRequest.Allowances.NONE);
    }

    private int swap(Holdfast holdfast, BackupName name) {
        String database = context.databaseName()
                .orElseThrow(() -> new HoldfastException(
                                ErrorCode.BAD_USAGE, "say which database is to be replaced with --db")
                        .withHint("it looks like postgresql://user@host:5432/name"));
        Run run = holdfast.newRun();
        context.interruptible(run, Aftermath.NOT_PUT_BACK);
        var request = new SwapRequest(name, database, !noOwner, jobs.count(), safety(name));
        var asked = new Asked(run);
        Optional<SwapReport> report = holdfast.swap(run, context.url(), request, plan -> {
            boolean isProtected = holdfast.protection(run, context.url()).now();
            String text = String.join("\n", SwapWords.lines(plan));
            return asked.isAgreed(new Consent.Plan(text, SwapWords.json(plan), plan.database(), isProtected));
        });
        if (report.isEmpty()) {
            return asked.answer.exit();
        }
        if (context.json()) {
            context.answer(SwapWords.json(report.get(), json(report.get().restored())));
        } else {
            SwapWords.lines(report.get()).forEach(context.terminal().out()::println);
        }
        return ExitCode.DONE;
    }

    private int restoreInto(Holdfast holdfast, BackupName name, String into) {
        var request = new RestoreRequest(name, into, !noOwner, jobs.count(), Whoami.json(), Whoami.holder());
        Run run = holdfast.newRun();
        context.interruptible(run, Aftermath.NOT_PUT_BACK);
        RestoreReport report = holdfast.restoreInto(run, context.url(), request);
        if (context.json()) {
            context.answer(json(report));
        } else {
            print(report);
        }
        return ExitCode.DONE;
    }

    private void print(RestoreReport report) {
        context.terminal()
                .out()
                .println("restored " + report.backup() + " into database " + report.database() + ": " + counts(report));
    }

    static String counts(RestoreReport report) {
        return Words.count(report.tables().size(), "table", "tables") + ", "
                + Words.count(report.rows(), "row", "rows") + ", read again and equal, in "
                + Words.duration(report.took());
    }

    private static JsonObject json(RestoreReport report) {
        return new JsonObject()
                .put("source", report.backup().source().value())
                .put("id", report.backup().id().toString())
                .put("database", report.database())
                .put("equal", true)
                .put("rows", report.rows())
                .put(
                        "tables",
                        report.tables().stream()
                                .map(table -> new JsonObject()
                                        .put("name", table.name())
                                        .put("rows", table.rows()))
                                .toList())
                .put("seconds", report.took().toMillis() / 1000.0);
    }
}
