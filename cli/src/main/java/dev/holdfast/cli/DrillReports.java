package dev.holdfast.cli;

import dev.holdfast.drill.DrillCheck;
import dev.holdfast.drill.DrillReport;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.run.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The files that tell others what a drill showed, as options. */
final class DrillReports {
    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "Write the checks to FILE as the outcome of tests, in the JUnit XML that CI systems read.")
    private @Nullable String junit;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page about the drill to FILE, to be read, printed and kept.")
    private @Nullable String html;

    /** A file that is wanted, and what makes it of a report and who asked for it. */
    private record Wanted(ReportFile file, BiFunction<DrillReport, JsonObject, byte[]> form) {}

    /**
     * Runs a drill and writes the files, also when it failed or came to no end: else those of an earlier one would pass for this one's. That
     * they can be written is seen to before.
     *
     * @param asked what is to be drilled, as it was typed
     * @param drill is to tell what it showed, and returns its exit code
     * @return that code, or a graver one when a file could not be written
     */
    int around(Context context, String asked, ToIntFunction<Consumer<DrillReport>> drill) {
        List<Wanted> wanted = wanted(context);
        Instant began = Instant.now();
        List<DrillReport> told = new ArrayList<>();
        try {
            int exit = drill.applyAsInt(told::add);
            return told.stream().allMatch(report -> write(wanted, report, context))
                    ? exit
                    : ExitCode.graver(exit, ExitCode.NOT_DONE);
        } catch (RuntimeException e) {
            write(wanted, told.isEmpty() ? unfinished(asked, began, HoldfastException.of(e)) : told.get(0), context);
            throw e;
        }
    }

    private List<Wanted> wanted(Context context) {
        List<Wanted> wanted = new ArrayList<>();
        if (junit != null) {
            wanted.add(new Wanted(ReportFile.at(context.folder(), "--junit", junit), JUnitReport::of));
        }
        if (html != null) {
            wanted.add(new Wanted(ReportFile.at(context.folder(), "--html", html), HtmlReport::of));
        }
        if (wanted.size() == 2 && wanted.get(0).file().isSameAs(wanted.get(1).file())) {
            throw new HoldfastException(ErrorCode.BAD_USAGE, "--junit and --html name the same file")
                    .withHint("name two: --junit drill.xml --html drill.html");
        }
        return wanted;
    }

    private static boolean write(List<Wanted> wanted, DrillReport report, Context context) {
        boolean isWritten = true;
        for (Wanted each : wanted) {
            isWritten &= each.file.write(each.form.apply(report, Whoami.json()), context);
        }
        return isWritten;
    }

    private static DrillReport unfinished(String asked, Instant began, HoldfastException error) {
        var took = Duration.between(began, Instant.now());
        return new DrillReport(
                new DrillReport.Subject(asked, Optional.empty(), Map.of()),
                began,
                Optional.empty(),
                List.of(),
                List.of(undone("the drill comes to its end", ErrorWords.all(error), took)),
                Optional.empty(),
                took);
    }

    /** A check of the drill itself, which stands where there is no other. */
    static DrillCheck undone(String claim, String why, Duration took) {
        return new DrillCheck("drill", claim, Verdict.UNDETERMINED, Optional.empty(), why, took);
    }
}
