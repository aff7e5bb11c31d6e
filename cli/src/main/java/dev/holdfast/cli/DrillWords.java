package dev.holdfast.cli;

import dev.holdfast.drill.DrillCheck;
import dev.holdfast.drill.DrillReport;
import dev.holdfast.run.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a drill showed, for people. */
final class DrillWords {
    private DrillWords() {}

    static List<String> lines(DrillReport report) {
        List<String> lines = new ArrayList<>();
        report.sandbox().ifPresent(sandbox -> lines.add("sandbox  " + sandbox));
        report.prepared().forEach(made -> lines.add("         " + made));
        report.checks().forEach(check -> lines.add(line(check)));
        lines.add("drill of " + report.subject().name() + ": " + word(report.verdict()) + "; "
                + report.checks().size() + " checks, " + report.count(Verdict.PASS) + " passed, "
                + report.count(Verdict.FAIL) + " failed, " + report.count(Verdict.UNDETERMINED) + " undone, in "
                + Words.duration(report.took())
                + report.restored()
                        .map(took -> "; restored in " + Words.duration(took))
                        .orElse(""));
        return lines.stream().map(Words::plain).toList();
    }

    private static String line(DrillCheck check) {
        String found = check.expected()
                .map(expected -> "expected " + expected + ", found " + check.found())
                .orElse(check.found());
        return String.format(Locale.ROOT, "%-8s %-12s %s", word(check.verdict()), check.name(), check.what())
                + (found.isEmpty() ? "" : ": " + found);
    }

    static String word(Verdict verdict) {
        return switch (verdict) {
            case PASS -> "passed";
            case FAIL -> "FAILED";
            case UNDETERMINED -> "undone";
        };
    }
}
