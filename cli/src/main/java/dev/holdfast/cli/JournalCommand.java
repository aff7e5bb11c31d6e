package dev.holdfast.cli;

import dev.holdfast.Holdfast;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.journal.JournalEntry;
import dev.holdfast.journal.JournalFilter;
import dev.holdfast.journal.JournalList;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.SourceName;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast journal}. */
@Command(
        name = "journal",
        description = "List the runs that a repository has on record, the newest last; or show one in full.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A run that was killed is listed as such where that can be seen: on the host on which it ran.",
            "Example: holdfast journal --failed"
        })
final class JournalCommand implements Callable<Integer> {
    private static final int MOST_BY_DEFAULT = 50;

    private final Context context;

    @Parameters(paramLabel = "RUN", arity = "0..1", description = "The id of a run, or its beginning: show this one.")
    private @Nullable String run;

    @Option(names = "--source", paramLabel = "NAME", description = "Only runs of this source.")
    private @Nullable String source;

    @Option(names = "--kind", paramLabel = "KIND", description = "Only backup, verify, restore, protect ...")
    private @Nullable String kind;

    @Option(
            names = "--last",
            paramLabel = "N",
            description = "Only the newest so many. Default: " + MOST_BY_DEFAULT + ".")
    private @Nullable Integer last;

    @Option(names = "--failed", description = "Only runs that ended without success, or were killed.")
    private boolean failed;

    JournalCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Holdfast holdfast = context.existing();
        var list = new JournalList(holdfast.journal(), Whoami.holder());
        if (run == null) {
            list(list, most());
        } else {
            show(list, run);
        }
        if (!context.json()) {
            list.damaged().forEach(line -> context.say("warning: " + Words.plain(line)));
        }
        return ExitCode.DONE;
    }

    private int most() {
        if (last != null && last < 1) {
            throw new HoldfastException(ErrorCode.BAD_USAGE, "--last " + last + ": not a number of runs to list")
                    .withHint("1 or more; leave it out to see the newest " + MOST_BY_DEFAULT);
        }
        return last == null ? MOST_BY_DEFAULT : last;
    }

    private void list(JournalList list, int most) {
        List<JournalEntry> runs = list.newest(filter(), most);
        Instant now = Instant.now();
        if (context.json()) {
            answer(list, runs.stream().map(entry -> JournalJson.of(entry, now)).toList());
            return;
        }
        var table = new TextTable("WHEN", "WHAT", "SOURCE", "BACKUP", "WHO", "ENDED", "TOOK", "RUN");
        runs.forEach(entry -> table.row(JournalWords.cells(entry, now, ZoneId.systemDefault())));
        table.print(context.terminal().out());
        if (runs.isEmpty()) {
            context.say("no such run on record in " + context.repositoryFolder());
        }
    }

    private JournalFilter filter() {
        if (source != null && !SourceName.isValid(source)) {
            throw new HoldfastException(ErrorCode.BAD_USAGE, "--source " + source + ": not the name of a source")
                    .withHint("holdfast list shows backups as SOURCE/ID");
        }
        return new JournalFilter(Optional.ofNullable(source).map(SourceName::new), Optional.ofNullable(kind), failed);
    }

    private void show(JournalList list, String beginning) {
        if (source != null || kind != null || last != null || failed) {
            throw new HoldfastException(
                            ErrorCode.BAD_USAGE, "--source, --kind, --last and --failed are for the list of runs")
                    .withHint("leave them out to show run " + beginning);
        }
        List<JournalEntry> records = list.of(beginning);
        Instant now = Instant.now();
        if (context.json()) {
            answer(
                    list,
                    records.stream()
                            .map(entry -> JournalJson.inFull(entry, now))
                            .toList());
            return;
        }
        var out = context.terminal().out();
        String between = "";
        for (JournalEntry entry : records) {
            out.print(between);
            between = System.lineSeparator();
            JournalWords.lines(entry, now, ZoneId.systemDefault()).forEach(out::println);
        }
    }

    private void answer(JournalList list, List<JsonObject> runs) {
        context.answer(new JsonObject()
                .put("repository", context.repositoryFolder().toString())
                .put("runs", runs)
                .put("damaged", list.damaged()));
    }
}
