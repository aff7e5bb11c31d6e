package dev.holdfast.cli;

import dev.holdfast.Holdfast;
import dev.holdfast.error.Aftermath;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupName;
import dev.holdfast.restore.RestoreReport;
import dev.holdfast.restore.RestoreRequest;
import dev.holdfast.restore.Selection;
import dev.holdfast.restore.Selection.Mode;
import dev.holdfast.run.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
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
            "Without --into and --swap, the database that --db names is put back in one transaction: writers wait, readers"
                    + " only where constraints must be silenced, and a safety backup holds every row that was there. Only"
                    + " rows that differ are written.",
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

    @Option(
            names = "--table",
            paramLabel = "TABLE",
            description = "Bring back the rows of this table alone, in place; may be given several times, all in one"
                    + " transaction.")
    private List<String> tables = new ArrayList<>();

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "replace",
            description = "With --table: replace (the rows of the backup and no others), upsert (newer rows stay) or"
                    + " insert-missing (only rows whose keys are not there come back).")
    private String mode = "";

    @Option(
            names = "--each",
            description =
                    "With --table: each table in a transaction of its own, so that the good ones come back when others"
                            + " do not.")
    private boolean each;

    @Option(
            names = "--onto",
            paramLabel = "NAME",
            description = "Replace the rows of this other database of the server; its name must be typed, or given with"
                    + " --confirm.")
    private @Nullable String onto;

    @Mixin
    private InPlaceOptions options = new InPlaceOptions();

    @Mixin
    private Consent consent = new Consent();

    @Option(names = "--no-owner", description = "Everything belongs to the role that restores; rights are left out.")
    private boolean noOwner;

    RestoreCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        checkOptions();
        Selection selection = selection();
        Holdfast holdfast = context.existing();
        BackupName name = new Chosen(holdfast.repository(), context.databaseName()).backup(id);
        if (into != null) {
            return restoreInto(holdfast, name, into);
        }
        var live = new LiveRestore(context, holdfast, consent, jobs.count(), !noOwner, options);
        if (swap) {
            return live.swap(name, Optional.empty());
        }
        Optional<String> other = Optional.ofNullable(onto);
        return each
                ? new EachTable(context, live).restore(name, selection, other)
                : live.inPlace(name, Optional.empty(), selection, other);
    }

    private void checkOptions() {
        boolean inPlace = !tables.isEmpty() || onto != null || options.areAny();
        if (inPlace && (into != null || swap)) {
            throw new HoldfastException(
                            ErrorCode.BAD_USAGE,
                            "--table, --onto, --max-block, --safety-to and --no-safety-backup put rows back in place, not"
                                    + " with --into or --swap")
                    .withHint("leave one of them out");
        }
        if (into != null && swap) {
            throw new HoldfastException(ErrorCode.BAD_USAGE, "--into and --swap exclude each other")
                    .withHint("--into makes a new database, --swap one in the place of the one that --db names");
        }
        if (into != null && consent.areAny()) {
            throw new HoldfastException(
                            ErrorCode.BAD_USAGE,
                            "--into makes a new database and asks nothing: no --yes, --dry-run, --confirm")
                    .withHint("leave them out; --swap and a restore in place have a plan");
        }
        if (noOwner && into == null && !swap) {
            throw new HoldfastException(ErrorCode.BAD_USAGE, "--no-owner is for --into and --swap")
                    .withHint("in place, owners and rights stay as they are");
        }
        if (each && context.json() && !consent.isForeseen()) {
            throw new HoldfastException(
                            ErrorCode.BAD_USAGE, "--each with --json asks for each table, which nobody can answer")
                    .withHint("add --yes or --confirm; --dry-run without --each prints the plan");
        }
        if (each && tables.isEmpty()) {
            throw new HoldfastException(ErrorCode.BAD_USAGE, "--each needs --table")
                    .withHint("name the tables with --table TABLE");
        }
    }

    private Selection selection() {
        Mode chosen = Arrays.stream(Mode.values())
                .filter(each -> each.word().equals(mode))
                .findFirst()
                .orElseThrow(() -> new HoldfastException(ErrorCode.BAD_USAGE, "'" + mode + "' is not a mode")
                        .withHint("replace, upsert or insert-missing"));
        if (tables.isEmpty() && chosen != Mode.REPLACE) {
            throw new HoldfastException(ErrorCode.BAD_USAGE, "--mode " + mode + " needs --table")
                    .withHint("name the tables with --table TABLE");
        }
        return new Selection(new HashSet<>(tables), chosen);
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

    static JsonObject json(RestoreReport report) {
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
