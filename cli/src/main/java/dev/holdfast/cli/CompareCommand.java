package dev.holdfast.cli;

import dev.holdfast.Holdfast;
import dev.holdfast.compare.CompareReport;
import dev.holdfast.compare.CompareRequest;
import dev.holdfast.error.Aftermath;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupName;
import dev.holdfast.run.Run;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast compare}. */
@Command(
        name = "compare",
        description = "Say what differs between a backup and the database as it is now, or another backup.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Rows and schema are compared; where sequences stand, and roles, are not. Rows are paired by primary key; without one, a row that changed counts as deleted and inserted. Ends with 0"
                    + " when nothing differs, 1 when something does, 2 when it could not be told.",
            "Example: holdfast compare latest --rows"
        })
final class CompareCommand implements Callable<Integer> {
    private static final int MOST_ROWS = 1_000;

    /** What the backup is compared with. */
    private enum Kind {
        DATABASE("database", "database"),
        BACKUP("backup", "other_backup");

        private final String word;
        private final String member;

        Kind(String word, String member) {
            this.word = word;
            this.member = member;
        }
    }

    private final Context context;

    @Mixin
    private JobsOption jobs = new JobsOption();

    @Parameters(index = "0", paramLabel = "ID", description = Chosen.HELP)
    private String id = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "OTHER", description = "Another backup; else the database.")
    private @Nullable String other;

    @Option(
            names = "--table",
            paramLabel = "TABLE",
            description = "Compare the rows of this table alone, and no schema; may be given several times.")
    private List<String> tables = new ArrayList<>();

    @Option(
            names = "--rows",
            paramLabel = "N",
            arity = "0..1",
            fallbackValue = "20",
            defaultValue = "0",
            description = "Show rows that differ, at most N of each table. Without N: 20.")
    private int rows;

    CompareCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (rows < 0 || rows > MOST_ROWS) {
            throw new HoldfastException(ErrorCode.BAD_USAGE, "--rows " + rows + " is not between 0 and " + MOST_ROWS);
        }
        Holdfast holdfast = context.existing();
        var chosen = new Chosen(holdfast.repository(), context.databaseName());
        BackupName backup = chosen.backup(id);
        var request = new CompareRequest(new HashSet<>(tables), rows, jobs.count());
        Run run = holdfast.newRun();
        context.interruptible(run, Aftermath.UNTOUCHED);
        CompareReport report;
        Kind kind;
        String with;
        if (other == null) {
            kind = Kind.DATABASE;
            with = context.databaseName().orElse("of the environment");
            report = holdfast.compare(run, context.url(), backup, request);
        } else {
            BackupName second = chosen.backup(other);
            kind = Kind.BACKUP;
            with = second.toString();
            report = holdfast.compare(run, backup, second, request);
        }
        if (context.json()) {
            var answer = new JsonObject().put("backup", backup.toString()).put(kind.member, with);
            CompareWords.json(report).members().forEach(answer::put);
            context.answer(answer);
        } else {
            CompareWords.print(
                    report,
                    "backup " + backup,
                    kind.word + " " + with,
                    context.terminal().out());
        }
        return report.isSame() ? ExitCode.DONE : ExitCode.NO;
    }
}
