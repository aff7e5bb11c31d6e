package dev.holdfast.cli;

import dev.holdfast.Holdfast;
import dev.holdfast.error.Aftermath;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupName;
import dev.holdfast.restore.RestoreReport;
import dev.holdfast.restore.RestoreRequest;
import dev.holdfast.run.Run;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast restore}. */
@Command(
        name = "restore",
        description = "Bring a backup back as a new database, and show that every table in it is equal to the backup.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The new database is made on the server that --db means. Until it is complete and compared it has another"
                    + " name; if anything fails, it is removed.",
            "Example: holdfast restore latest --into shop_check"
        })
final class RestoreCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private JobsOption jobs = new JobsOption();

    @Parameters(paramLabel = "ID", description = Chosen.HELP)
    private String id = "";

    @Option(names = "--into", paramLabel = "NAME", description = "The database to make; it must not exist.")
    private @Nullable String into;

    @Option(names = "--no-owner", description = "Everything belongs to the role that restores; rights are left out.")
    private boolean noOwner;

    RestoreCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (into == null) {
            throw new HoldfastException(ErrorCode.BAD_USAGE, "say where to with --into NAME")
                    .withHint("this version restores into a new database only");
        }
        Holdfast holdfast = context.existing();
        BackupName name = new Chosen(holdfast.repository(), context.databaseName()).backup(id);
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
                .println("restored " + report.backup() + " into database " + report.database() + ": "
                        + Words.count(report.tables().size(), "table", "tables") + ", "
                        + Words.count(report.rows(), "row", "rows") + ", read again and equal, in "
                        + Words.duration(report.took()));
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
