package dev.holdfast.cli;

import dev.holdfast.drill.DrillCheck;
import dev.holdfast.run.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Verdicts and the table of checks on the page about a drill. A verdict is told by its word, and by its sign as well as by its color. */
final class HtmlChecks {
    /** What somebody must look at stands first. */
    private static final List<Verdict> GRAVEST_FIRST = List.of(Verdict.FAIL, Verdict.UNDETERMINED, Verdict.PASS);

    /** Checks that claim in the database's language what people wrote. */
    private static final Set<String> QUESTIONS = Set.of("question", "record");

    /** Longer findings scroll, unless they are printed. */
    private static final int LONG = 600;

    private final Markup page;

    HtmlChecks(Markup page) {
        this.page = page;
    }

    /** The name of a verdict's looks. */
    static String looks(Verdict verdict) {
        return verdict.word();
    }

    /** A verdict by sign and word, within an element that is there. */
    void verdict(Verdict verdict) {
        String path = switch (verdict) {
            case PASS -> "M4 12.5 9.5 18 20 6.5";
            case FAIL -> "M5.5 5.5 18.5 18.5M18.5 5.5 5.5 18.5";
            case UNDETERMINED -> "M7.5 8.5a4.5 4.5 0 1 1 6.8 3.9c-1.7 1-2.3 1.7-2.3 3.6M12 20v.6";
        };
        page.open("svg").with("viewBox", "0 0 24 24").with("aria-hidden", "true");
        page.open("path").with("d", path).close().close();
        page.element("span", DrillWords.word(verdict));
    }

    void table(List<DrillCheck> checks) {
        page.open("table").open("thead").open("tr");
        for (String title : List.of("Verdict", "Claim", "Expected", "Found", "Time")) {
            page.open("th").with("scope", "col").text(title).close();
        }
        page.close().close().open("tbody");
        checks.stream()
                .sorted(Comparator.comparing(check -> GRAVEST_FIRST.indexOf(check.verdict())))
                .forEach(this::row);
        page.close().close();
    }

    private void row(DrillCheck check) {
        page.open("tr").with("class", looks(check.verdict()));
        page.open("td").with("class", "verdict");
        verdict(check.verdict());
        page.close();
        page.open("td").with("class", "claim");
        text(check.what(), QUESTIONS.contains(check.name()) ? "code" : "words");
        page.open("div").with("class", "name").text(check.name()).close().close();
        cell("Expected", check.expected().orElse(""));
        boolean isAsClaimed = check.verdict() == Verdict.PASS && check.found().isEmpty();
        cell("Found", isAsClaimed ? "as claimed" : check.found());
        page.open("td").with("class", "time").with("data-label", "Time");
        page.text(Words.spoken(check.took())).close();
        page.close();
    }

    private void cell(String label, String text) {
        page.open("td").with("data-label", label);
        if (text.isEmpty()) {
            page.with("class", "none");
        } else {
            text(text, "words");
        }
        page.close();
    }

    /** Somebody's text, within an element that is there. */
    void text(String text, String looks) {
        page.open("p");
        if (text.length() > LONG) {
            page.with("class", looks + " long").with("tabindex", "0");
        } else {
            page.with("class", looks);
        }
        page.text(text).close();
    }
}
