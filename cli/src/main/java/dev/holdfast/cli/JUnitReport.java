package dev.holdfast.cli;

import dev.holdfast.drill.DrillCheck;
import dev.holdfast.drill.DrillReport;
import dev.holdfast.json.JsonObject;
import dev.holdfast.run.Verdict;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * What a drill showed, as systems for continuous integration read the outcome of tests: each check is a test case. One that could not be
 * done is an error, since these systems take what is skipped for good.
 */
final class JUnitReport {
    /** Without a zone, since the format allows none; it is UTC. */
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    /** Longer names of test cases are not shown everywhere. */
    private static final int LONGEST_NAME = 200;

    private static final int LONGEST_MESSAGE = 1000;

    private final DrillReport report;
    private final List<DrillCheck> checks;
    private final JsonObject by;
    private final Markup xml = Markup.xml();

    private JUnitReport(DrillReport report, JsonObject by) {
        this.report = report;
        // a suite without a test would be green
        this.checks = report.checks().isEmpty()
                ? List.of(DrillReports.undone("something is checked", "nothing was", report.took()))
                : report.checks();
        this.by = by;
    }

    /**
     * The file.
     *
     * @param by who asked for the drill
     */
    static byte[] of(DrillReport report, JsonObject by) {
        return new JUnitReport(report, by).bytes();
    }

    private byte[] bytes() {
        xml.open("testsuites").with("name", "holdfast drill");
        sums();
        xml.open("testsuite")
                .with("name", "drill of " + report.subject().name())
                .with("package", "holdfast")
                .with("id", "0")
                .with("timestamp", UTC.format(report.at()))
                .with("hostname", by.optionalString("host").orElse("unknown"))
                .with("skipped", "0");
        sums();
        properties();
        for (int i = 0; i < checks.size(); i++) {
            testCase(checks.get(i), i + 1);
        }
        xml.element("system-out", String.join("\n", DrillWords.lines(report, true)));
        xml.element("system-err", "");
        return xml.close().close().bytes();
    }

    private void sums() {
        xml.with("tests", String.valueOf(checks.size()))
                .with("failures", count(Verdict.FAIL))
                .with("errors", count(Verdict.UNDETERMINED))
                .with("time", seconds(report.took()));
    }

    private String count(Verdict verdict) {
        return String.valueOf(
                checks.stream().filter(check -> check.verdict() == verdict).count());
    }

    private void properties() {
        xml.open("properties");
        property("verdict", report.verdict().word());
        report.subject().facts().forEach((label, value) -> property("backup." + label.replace(' ', '_'), value));
        report.sandbox().ifPresent(sandbox -> property("sandbox", sandbox));
        report.restored().ifPresent(took -> property("restore_seconds", seconds(took)));
        property("user", by.optionalString("user").orElse("unknown"));
        property("holdfast", by.optionalString("holdfast").orElse("unknown"));
        xml.close();
    }

    private void property(String name, String value) {
        xml.open("property").with("name", name).with("value", value).close();
    }

    private void testCase(DrillCheck check, int number) {
        String name = Words.cut(check.what(), LONGEST_NAME);
        xml.open("testcase")
                .with("name", name.equals(check.what()) ? name : name + " (check " + number + ")")
                .with("classname", "drill." + check.name())
                .with("time", seconds(check.took()));
        switch (check.verdict()) {
            case FAIL -> outcome("failure", check);
            case UNDETERMINED -> outcome("error", check);
            case PASS -> {}
        }
        xml.close();
    }

    private void outcome(String element, DrillCheck check) {
        xml.open(element)
                .with("message", Words.cut(DrillWords.found(check), LONGEST_MESSAGE))
                .with("type", DrillWords.word(check.verdict()))
                .text(check.what() + "\n"
                        + check.expected()
                                .map(expected -> "expected: " + expected + "\n")
                                .orElse("")
                        + "found: " + check.found())
                .close();
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.3f", took.toMillis() / 1000.0);
    }
}
