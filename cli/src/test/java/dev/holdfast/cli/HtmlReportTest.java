package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.drill.DrillReport;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The page about a drill: it says what was shown and what was not, stands alone, and lets nothing out of a text. */
final class HtmlReportTest {
    private static Document page(DrillReport report) {
        return Reports.read(HtmlReport.of(report, MadeUpDrills.BY));
    }

    private static List<String> texts(Document page, String element) {
        return Reports.all(page, element).stream()
                .map(each -> each.getTextContent().strip().replaceAll("\\s+", " "))
                .toList();
    }

    @Test
    void aManagerReadsTheVerdictWhatItMeansAndHowLongItTook() {
        Document page = page(MadeUpDrills.passed());
        assertThat(texts(page, "h1")).containsExactly("passed");
        assertThat(texts(page, "p"))
                .contains(
                        "This backup comes back: it was restored into a separate server, every row and the schema were"
                                + " read again there, and they are what was backed up. All 8 checks passed.");
        assertThat(texts(page, "dl").get(0))
                .isEqualTo("Time to get back 1.4 s The whole drill 3.9 s Checks 8 passed, 0 failed, 0 undone When"
                        + " 21 November 2026, 22:17:47 UTC");
        assertThat(texts(page, "title")).containsExactly("Drill of shop/20261121_221747: passed");
    }

    @Test
    void anAuditorReadsWhichBackupItWasAndWhoRanTheDrillWhereAndWhen() {
        DrillReport report = MadeUpDrills.passed();
        Document page = page(report);
        assertThat(texts(page, "dt")).containsAll(report.subject().facts().keySet());
        assertThat(texts(page, "dd"))
                .contains("44,890", "ada on db1.example", "0.1.0", "21 November 2026, 22:17:51 UTC")
                .contains("PostgreSQL 17 of /usr/lib/postgresql/17/bin")
                .contains(report.subject().facts().get("SHA-256 of its head"));
        assertThat(texts(page, "li"))
                .containsAll(report.prepared())
                .contains("Whether the applications run on it: none was started.");
    }

    @Test
    void whatFailedStandsFirstWithWhatWasExpectedAndFound() {
        Document page = page(MadeUpDrills.failed());
        assertThat(texts(page, "h1")).containsExactly("FAILED");
        assertThat(texts(page, "p").get(1))
                .isEqualTo(
                        "This backup was restored, but not all is as it should be: 2 of 9 checks failed. Not so, among"
                                + " others: every table has the rows that were backed up.");
        assertThat(texts(page, "tr").get(2))
                .startsWith("FAILED SELECT count(*) FROM purchase")
                .endsWith("question 14250 7125 1 min 5 s");
        assertThat(texts(page, "tr").get(3)).startsWith("undone SELECT total FROM sums");
        assertThat(texts(page, "li"))
                .contains("Not done, for the reason told above: SELECT total FROM sums.")
                .noneMatch(item -> item.contains("no question of theirs"));
    }

    @Test
    void whatCouldNotBeDoneIsNotShownAndSaysSo() {
        Document page = page(MadeUpDrills.undone());
        assertThat(texts(page, "h1")).containsExactly("undone");
        assertThat(texts(page, "p").get(1))
                .isEqualTo(
                        "No check failed, but it is not shown that this backup comes back: the only check could not be"
                                + " done. Not known: there is a server to restore into.");
        assertThat(texts(page, "dl").get(0)).startsWith("Time to get back not known");
        assertThat(texts(page, "li"))
                .contains("What can only be seen in a restored database.")
                .anyMatch(item -> item.contains("no question of theirs was asked"));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("dev.holdfast.cli.MadeUpDrills#hostileTexts")
    void whateverTextsHoldStaysATextThatIsSeen(String text) {
        byte[] file = HtmlReport.of(MadeUpDrills.of(text), MadeUpDrills.BY);
        Document page = Reports.read(file);
        Document harmless = page(MadeUpDrills.of("harmless"));
        assertThat(elements(page)).isEqualTo(elements(harmless));
        assertThat(Reports.all(page, "td").stream().map(Element::getTextContent))
                .anyMatch(cell -> cell.contains(Visible.of(text)));
        assertThat(new String(file, UTF_8)).doesNotContainPattern("[\\u202A-\\u202E\\u2066-\\u2069\\u200F\\uFFFD]");
    }

    private static List<String> elements(Document page) {
        return Reports.all(page, "*").stream().map(Element::getTagName).toList();
    }

    @Test
    void thePageFetchesNothingAndRunsNothing() {
        for (DrillReport report : Stream.of(MadeUpDrills.passed(), MadeUpDrills.failed(), MadeUpDrills.undone())
                .toList()) {
            byte[] file = HtmlReport.of(report, MadeUpDrills.BY);
            assertThat(new String(file, UTF_8))
                    .startsWith("<!DOCTYPE html>")
                    .doesNotContain("http:", "https:", "url(", "@import", "<script", "<link", "<img", "src=", "href=");
            assertThat(Reports.all(Reports.read(file), "meta"))
                    .anyMatch(meta -> meta.getAttribute("content").startsWith("default-src 'none'"));
        }
    }

    @Test
    void aVerdictIsToldByWordAndSignAndNotByColorAlone() {
        for (Element row : Reports.all(page(MadeUpDrills.failed()), "td")) {
            if (row.getAttribute("class").equals("verdict")) {
                assertThat(row.getTextContent().strip()).isIn("passed", "FAILED", "undone");
                assertThat(row.getElementsByTagName("path").getLength()).isEqualTo(1);
            }
        }
    }

    /** The style is ours, and closes nothing. */
    @Test
    void theStyleReachesTheBrowserAsItWasWritten() throws java.io.IOException {
        try (var style = HtmlReport.class.getResourceAsStream("drill-report.css")) {
            String css = new String(java.util.Objects.requireNonNull(style).readAllBytes(), UTF_8);
            assertThat(new String(HtmlReport.of(MadeUpDrills.passed(), MadeUpDrills.BY), UTF_8))
                    .contains(css);
        }
    }
}
