package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.drill.DrillReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What a drill showed, as CI systems read it: only what passed is green, and whatever texts hold, it is valid. */
final class JUnitReportTest {
    private static Document junit(DrillReport report) {
        return Reports.junit(JUnitReport.of(report, MadeUpDrills.BY));
    }

    private static String property(Document document, String name) {
        return Reports.all(document, "property").stream()
                .filter(property -> property.getAttribute("name").equals(name))
                .map(property -> property.getAttribute("value"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aPassedCheckIsATestWithNothingInIt() {
        Document document = junit(MadeUpDrills.passed());
        Element suite = Reports.all(document, "testsuite").get(0);
        assertThat(suite.getAttribute("name")).isEqualTo("drill of shop/20261121_221747");
        assertThat(suite.getAttribute("tests")).isEqualTo("8");
        assertThat(suite.getAttribute("failures")).isEqualTo("0");
        assertThat(suite.getAttribute("errors")).isEqualTo("0");
        assertThat(suite.getAttribute("time")).isEqualTo("3.900");
        assertThat(suite.getAttribute("timestamp")).isEqualTo("2026-11-21T22:17:47");
        assertThat(suite.getAttribute("hostname")).isEqualTo("db1.example");
        assertThat(Reports.all(document, "testcase"))
                .hasSize(8)
                .allSatisfy(test -> assertThat(test.getTextContent()).isEmpty());
        Element rows = Reports.all(document, "testcase").get(1);
        assertThat(rows.getAttribute("name")).isEqualTo("every table has the rows that were backed up");
        assertThat(rows.getAttribute("classname")).isEqualTo("drill.rows");
        assertThat(rows.getAttribute("time")).isEqualTo("0.612");
        assertThat(property(document, "backup.SHA-256_of_its_head")).startsWith("3c4e1b7c");
        assertThat(property(document, "restore_seconds")).isEqualTo("1.386");
        assertThat(property(document, "verdict")).isEqualTo("pass");
    }

    @Test
    void aFailedCheckIsAFailureAndAnUndoneOneAnError() {
        Document document = junit(MadeUpDrills.failed());
        Element suite = Reports.all(document, "testsuite").get(0);
        assertThat(suite.getAttribute("failures")).isEqualTo("2");
        assertThat(suite.getAttribute("errors")).isEqualTo("1");
        assertThat(suite.getAttribute("skipped")).isEqualTo("0");
        Element question = Reports.all(document, "failure").get(1);
        assertThat(question.getAttribute("message")).isEqualTo("expected 14250, found 7125");
        assertThat(question.getAttribute("type")).isEqualTo("FAILED");
        assertThat(question.getTextContent())
                .contains("SELECT count(*) FROM purchase")
                .contains("expected: 14250\nfound: 7125");
        Element record = Reports.all(document, "error").get(0);
        assertThat(record.getAttribute("type")).isEqualTo("undone");
        assertThat(record.getAttribute("message")).contains("relation \"sums\" does not exist");
    }

    @Test
    void aDrillWithoutAnyCheckIsNotGreen() {
        var subject = new DrillReport.Subject("shop/20261121_221747", Optional.empty(), java.util.Map.of());
        Document document = junit(new DrillReport(
                subject, MadeUpDrills.AT, Optional.empty(), List.of(), List.of(), Optional.empty(), Duration.ZERO));
        assertThat(Reports.all(document, "testsuite").get(0).getAttribute("errors"))
                .isEqualTo("1");
        assertThat(Reports.all(document, "error")).hasSize(1);
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("dev.holdfast.cli.MadeUpDrills#hostileTexts")
    void whateverTextsHoldTheFileIsValidAndTellsIt(String text) {
        Document document = junit(MadeUpDrills.of(text));
        assertThat(Reports.all(document, "testcase")).hasSize(3);
        assertThat(Reports.all(document, "failure")).hasSize(1);
        assertThat(Reports.all(document, "error").get(0).getTextContent()).contains("found: " + Visible.of(text));
        assertThat(Reports.all(document, "testcase").get(1).getAttribute("name").codePoints())
                .hasSizeLessThan(260);
    }
}
