package dev.holdfast.cli;

import dev.holdfast.backup.BackupReport;
import dev.holdfast.backup.BackupRequest;
import dev.holdfast.backup.FullRead;
import dev.holdfast.error.Aftermath;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.project.Surroundings;
import dev.holdfast.repository.Kind;
import dev.holdfast.repository.Notes;
import dev.holdfast.repository.Totals;
import dev.holdfast.run.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast backup}. */
@Command(
        name = "backup",
        description = "Take a backup of a database, verify it, and print its id last.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: holdfast backup --db postgresql://app@localhost/shop -m 'before the release'"})
final class BackupCommand implements Callable<Integer> {
    private final Context context;

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            description = "What this backup is for.")
    private @Nullable String message;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "manual or scheduled. Default: manual.",
            defaultValue = "manual")
    private String kind = "manual";

    @Option(names = "--tag", paramLabel = "KEY=VALUE", description = "A note for programs; may be given several times.")
    private Map<String, String> tags = new LinkedHashMap<>();

    @Option(
            names = "--record",
            paramLabel = "SQL",
            description =
                    "A question whose answer at the backup's moment is kept, and must be the same in each drill, beside those"
                            + " of the config file; may be given several times.")
    private List<String> questions = new ArrayList<>();

    @Option(
            names = "--full-read",
            description = "Read every row, also of what has not changed since the backup before.")
    private boolean fullRead;

    @Option(
            names = "--full-read-after",
            paramLabel = "DAYS",
            description = "Read every row when the last full read is older. Default: ${DEFAULT-VALUE}.",
            defaultValue = "30")
    private int fullReadAfter;

    @Option(names = "--same-source", description = "This is the same database after a failover, an upgrade or a swap.")
    private boolean sameSource;

    @Option(names = "--accept-clock", description = "Go on although clocks are more than 5 minutes apart.")
    private boolean acceptClock;

    @Mixin
    private JobsOption jobs = new JobsOption();

    BackupCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        JsonObject project = Surroundings.json(context.environment(), context.folder());
        var notes = new Notes(Optional.ofNullable(message), tags, Whoami.json(), project);
        var request = new BackupRequest(
                kind(),
                notes,
                Stream.concat(context.recorded().stream(), questions.stream())
                        .distinct()
                        .toList(),
                Whoami.holder(),
                jobs.count(),
                new FullRead(fullRead, Duration.ofDays(days())),
                new BackupRequest.Allowances(sameSource, acceptClock),
                true);
        var holdfast = context.existingOrNew();
        Run run = holdfast.newRun();
        context.interruptible(run, Aftermath.UNTOUCHED);
        boolean isNew = !dev.holdfast.repository.Repository.exists(context.store());
        BackupReport report = holdfast.backup(run, context.url(), request);
        if (isNew) {
            context.say("made a repository at " + context.repositoryFolder());
        }
        if (context.json()) {
            context.answer(json(report));
        } else {
            print(report);
        }
        return ExitCode.DONE;
    }

    private int days() {
        if (fullReadAfter < 0) {
            throw new HoldfastException(
                            ErrorCode.BAD_USAGE, "--full-read-after " + fullReadAfter + ": not a number of days")
                    .withHint("0 reads everything each time, as --full-read does");
        }
        return fullReadAfter;
    }

    private Kind kind() {
        return Kind.of(kind)
                .filter(known -> known == Kind.MANUAL || known == Kind.SCHEDULED)
                .orElseThrow(() -> new HoldfastException(ErrorCode.BAD_USAGE, "'" + kind + "' is not a kind to choose")
                        .withHint("manual or scheduled; the others are given by the commands that take them"));
    }

    private void print(BackupReport report) {
        Totals totals = report.head().contents().totals();
        context.say("backup " + report.head().name() + ": " + Words.count(totals.relations(), "table", "tables") + ", "
                + Words.count(totals.rows(), "row", "rows") + ", " + Words.bytes(totals.bytes()) + " in "
                + Words.duration(report.took()));
        report.head()
                .contents()
                .reuse()
                .ifPresent(reuse -> ReuseWords.lines(reuse).forEach(context::say));
        context.say("verified: " + Words.bytes(totals.storedBytes()) + " new read back; "
                + report.head()
                        .packs()
                        .oldestUnread()
                        .map(oldest -> "oldest byte read "
                                + Words.ago(
                                        oldest, report.head().about().times().finished()))
                        .orElse("no rows"));
        context.terminal().out().println(report.head().name().id());
    }

    private JsonObject json(BackupReport report) {
        return BackupJson.of(report.head())
                .put("repository", context.repositoryFolder().toString())
                .put("reread_bytes", report.rereadBytes())
                .put("seconds", report.took().toMillis() / 1000.0);
    }
}
