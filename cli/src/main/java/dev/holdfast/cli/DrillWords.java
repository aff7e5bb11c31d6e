package dev.holdfast.cli;

import dev.holdfast.drill.DrillCheck;
import dev.holdfast.drill.DrillReport;
import dev.holdfast.run.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a drill showed, for people at a terminal. */
final class DrillWords {
    private static final String GAP = "  ";
    private static final int VERDICT_WIDTH = 7;
    private static final int LEAST_NAME_WIDTH = 11;
    private static final int MOST_NAME_WIDTH = 20;

    /** How much people are told who did not ask for more: of each kind of preparation, and characters of a text. */
    private static final int MOST_ALIKE = 3;

    private static final int LONGEST = 600;

    private final DrillReport report;
    private final boolean isVerbose;
    private final int nameWidth;
    private final List<String> lines = new ArrayList<>();

    private DrillWords(DrillReport report, boolean isVerbose) {
        this.report = report;
        this.isVerbose = isVerbose;
        this.nameWidth = report.checks().stream()
                .mapToInt(check -> check.name().length())
                .filter(width -> width <= MOST_NAME_WIDTH)
                .reduce(LEAST_NAME_WIDTH, Math::max);
    }

    /**
     * The lines, in columns.
     *
     * @param isVerbose also how long each check took, and everything that was prepared
     */
    static List<String> lines(DrillReport report, boolean isVerbose) {
        return new DrillWords(report, isVerbose).all();
    }

    private List<String> all() {
        report.sandbox().ifPresent(sandbox -> lines.add(Words.plain("sandbox" + GAP + sandbox)));
        // not wrapped: some are commands, to be copied
        prepared().forEach(made -> lines.add(Words.plain(" ".repeat(VERDICT_WIDTH) + GAP + made)));
        report.checks().forEach(this::check);
        add(
                "",
                Words.count(report.checks().size(), "check", "checks") + ": " + count(Verdict.PASS) + " passed, "
                        + count(Verdict.FAIL) + " failed, " + count(Verdict.UNDETERMINED) + " undone; in "
                        + Words.duration(report.took())
                        + report.restored()
                                .map(took -> ", restored in " + Words.duration(took))
                                .orElse(""));
        lines.add(Words.plain("drill of " + report.subject().name() + ": " + word(report.verdict())));
        return lines;
    }

    private String count(Verdict verdict) {
        return Words.count(report.count(verdict));
    }

    /** What begins alike is of one kind: a hundred roles, say. */
    private List<String> prepared() {
        if (isVerbose) {
            return report.prepared();
        }
        Map<String, List<String>> kinds = new LinkedHashMap<>();
        report.prepared()
                .forEach(line -> kinds.computeIfAbsent(line.split(":", 2)[0], kind -> new ArrayList<>())
                        .add(line));
        List<String> some = new ArrayList<>();
        kinds.values().forEach(alike -> {
            some.addAll(alike.subList(0, Math.min(alike.size(), MOST_ALIKE)));
            if (alike.size() > MOST_ALIKE) {
                some.add("and " + Words.count(alike.size() - MOST_ALIKE) + " more of that kind (-v names them)");
            }
        });
        return some;
    }

    private void check(DrillCheck check) {
        String before = pad(word(check.verdict()), VERDICT_WIDTH)
                + GAP
                + (isVerbose ? String.format(Locale.ROOT, "%10s", Words.spoken(check.took())) + GAP : "");
        String start = before + pad(check.name(), nameWidth) + GAP;
        String indent = " ".repeat(before.length() + nameWidth + GAP.length());
        if (check.name().length() > nameWidth) {
            lines.add(Words.plain(start).stripTrailing());
            start = indent;
        }
        String what = shortened(check.what());
        String found = shortened(found(check));
        String both = what + (found.isEmpty() ? "" : ": " + found);
        if (Wrapped.fits(start, both)) {
            add(start, both);
        } else {
            add(start, what);
            add(indent, found);
        }
    }

    private String shortened(String text) {
        return isVerbose ? text : Words.cut(text, LONGEST);
    }

    private void add(String start, String text) {
        lines.addAll(Wrapped.lines(start, Words.plain(text)));
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** What was found, with what should have been, where that is known. */
    static String found(DrillCheck check) {
        return check.expected()
                .map(expected -> "expected " + expected + ", found " + check.found())
                .orElse(check.found());
    }

    static String word(Verdict verdict) {
        return switch (verdict) {
            case PASS -> "passed";
            case FAIL -> "FAILED";
            case UNDETERMINED -> "undone";
        };
    }
}
