package dev.holdfast.cli;

import dev.holdfast.Holdfast;
import dev.holdfast.drill.DrillCheck;
import dev.holdfast.drill.DrillReport;
import dev.holdfast.drill.DrillRequest;
import dev.holdfast.error.Aftermath;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupName;
import dev.holdfast.run.Run;
import dev.holdfast.run.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
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
            "Needs PostgreSQL's server programs on this machine, of the source's major or newer. Touches no database of yours.",
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

    @Mixin
    private JobsOption jobs = new JobsOption();

    DrillCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Holdfast holdfast = context.existing();
        BackupName backup = new Chosen(holdfast.repository(), context.databaseName()).backup(id);
        Run run = holdfast.newRun();
        context.interruptible(run, Aftermath.UNTOUCHED);
        var request = new DrillRequest(
                backup,
                context.databaseName().map(name -> context.url()),
                questions,
                jobs.count(),
                Whoami.json(),
                Whoami.holder());
        DrillReport report = holdfast.drill(run, request);
        if (context.json()) {
            context.answer(json(report));
        } else {
            lines(report).forEach(context.terminal().out()::println);
        }
        return switch (report.verdict()) {
            case PASS -> ExitCode.DONE;
            case FAIL -> ExitCode.NO;
            case UNDETERMINED -> ExitCode.NOT_DONE;
        };
    }

    private static List<String> lines(DrillReport report) {
        List<String> lines = new ArrayList<>();
        report.sandbox().ifPresent(sandbox -> lines.add("sandbox  " + sandbox));
        report.prepared().forEach(made -> lines.add("made     " + made));
        for (DrillCheck check : report.checks()) {
            lines.add(String.format(Locale.ROOT, "%-8s %s", word(check.verdict()), check.what())
                    + (check.found().isEmpty() ? "" : ": " + check.found()));
        }
        lines.add("drill of " + report.backup() + ": " + word(report.verdict()) + "; " + report.count(Verdict.PASS)
                + " passed, "
                + report.count(Verdict.FAIL) + " failed, " + report.count(Verdict.UNDETERMINED) + " undone, in "
                + Words.duration(report.took())
                + report.restored()
                        .map(took -> "; restored in " + Words.duration(took))
                        .orElse(""));
        return lines.stream().map(Words::plain).toList();
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case PASS -> "passed";
            case FAIL -> "FAILED";
            case UNDETERMINED -> "undone";
        };
    }

    private static JsonObject json(DrillReport report) {
        return new JsonObject()
                .put("source", report.backup().source().value())
                .put("id", report.backup().id().toString())
                .put("verdict", report.verdict().word())
                .put("sandbox", report.sandbox().orElse(null))
                .put("prepared", report.prepared())
                .put("checks", report.checks().stream().map(DrillCheck::json).toList())
                .put(
                        "restore_seconds",
                        report.restored().map(took -> took.toMillis() / 1000.0).orElse(null))
                .put("seconds", report.took().toMillis() / 1000.0);
    }
}
