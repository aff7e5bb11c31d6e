package dev.holdfast.cli;

import dev.holdfast.Holdfast;
import dev.holdfast.error.Aftermath;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupName;
import dev.holdfast.run.Run;
import dev.holdfast.run.Verdict;
import dev.holdfast.verify.BackupVerdict;
import dev.holdfast.verify.VerifyReport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast verify}. */
@Command(
        name = "verify",
        description = "Hash every byte and decompress every chunk of backups; all of them unless some are named.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit code 1 names each damaged backup and what in it is still whole.",
            "Example: holdfast verify latest"
        })
final class VerifyCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private JobsOption jobs = new JobsOption();

    @Parameters(paramLabel = "ID", arity = "0..*", description = Chosen.HELP)
    private List<String> ids = new ArrayList<>();

    VerifyCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Holdfast holdfast = context.existing();
        Run run = holdfast.newRun();
        context.interruptible(run, Aftermath.UNTOUCHED);
        VerifyReport report = verify(holdfast, run);
        if (context.json()) {
            context.answer(json(report));
        } else {
            print(report);
        }
        return report.verdict() == Verdict.PASS ? ExitCode.DONE : ExitCode.NO;
    }

    private VerifyReport verify(Holdfast holdfast, Run run) {
        if (ids.isEmpty()) {
            return holdfast.verifyAll(run, jobs.count(), Whoami.json());
        }
        var chosen = new Chosen(holdfast.repository(), context.databaseName());
        List<BackupName> names = ids.stream().map(chosen::backup).toList();
        return holdfast.verify(run, names, jobs.count(), Whoami.json());
    }

    private static JsonObject json(VerifyReport report) {
        return new JsonObject()
                .put("verdict", report.verdict().word())
                .put(
                        "backups",
                        report.backups().stream().map(VerifyCommand::json).toList())
                .put("damaged_files", report.damagedFiles())
                .put("packs", report.packs())
                .put("bytes", report.bytes())
                .put("seconds", report.took().toMillis() / 1000.0);
    }

    private static JsonObject json(BackupVerdict backup) {
        return new JsonObject()
                .put("source", backup.backup().source().value())
                .put("id", backup.backup().id().toString())
                .put("verdict", backup.verdict().word())
                .put("reasons", backup.reasons())
                .put("damaged", backup.damaged())
                .put("whole_tables", backup.whole());
    }

    private void print(VerifyReport report) {
        var out = context.terminal().out();
        for (BackupVerdict backup : report.backups()) {
            if (backup.verdict() == Verdict.PASS) {
                out.println("passed  " + backup.backup());
                continue;
            }
            out.println((backup.verdict() == Verdict.FAIL ? "FAILED  " : "UNKNOWN ") + backup.backup());
            backup.reasons().forEach(reason -> out.println("        " + reason));
            backup.damaged().forEach(object -> out.println("        lost: " + object));
            out.println("        still whole: " + Words.count(backup.whole(), "table", "tables"));
        }
        report.damagedFiles().forEach(file -> out.println("FAILED  " + file));
        out.println(Words.count(report.backups().size(), "backup", "backups") + ", " + count(report, Verdict.FAIL)
                + " damaged, " + count(report, Verdict.UNDETERMINED) + " not known; " + Words.bytes(report.bytes())
                + " in "
                + Words.count(report.packs(), "pack", "packs") + " read in " + Words.duration(report.took()));
    }

    private static long count(VerifyReport report, Verdict verdict) {
        return report.backups().stream()
                .filter(backup -> backup.verdict() == verdict)
                .count();
    }
}
