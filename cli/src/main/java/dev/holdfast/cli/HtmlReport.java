package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.drill.DrillReport;
import dev.holdfast.json.JsonObject;
import dev.holdfast.run.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What a drill showed, as one page that stands alone: for who must decide by it, and for who asks in a year what was shown. It has no
 * script, and fetches nothing.
 */
final class HtmlReport {
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final int LONGEST_TITLE = 200;

    private final DrillReport report;
    private final DrillMeaning meaning;
    private final JsonObject by;
    private final Markup page = Markup.page();
    private final HtmlChecks checks = new HtmlChecks(page);

    private HtmlReport(DrillReport report, JsonObject by) {
        this.report = report;
        this.meaning = new DrillMeaning(report);
        this.by = by;
    }

    /**
     * The page.
     *
     * @param by who asked for the drill
     */
    static byte[] of(DrillReport report, JsonObject by) {
        return new HtmlReport(report, by).bytes();
    }

    private byte[] bytes() {
        page.open("html").with("lang", "en");
        head();
        page.open("body").open("main");
        verdict();
        figures();
        section("What was checked");
        checks.table(report.checks());
        page.close();
        subject();
        drill();
        section("What was not looked at");
        list(meaning.notLookedAt());
        page.close();
        page.element("footer", "Holdfast " + by("holdfast") + " on " + by("host") + ", " + UTC.format(report.at()));
        return page.close().close().close().bytes();
    }

    private void head() {
        page.open("head");
        page.empty("meta").with("charset", "utf-8");
        meta("name", "viewport", "width=device-width, initial-scale=1");
        meta("name", "color-scheme", "light dark");
        meta("http-equiv", "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
        page.element("title", "Drill of " + name() + ": " + DrillWords.word(report.verdict()));
        page.element("style", style()).close();
    }

    private String name() {
        return Words.cut(report.subject().name(), LONGEST_TITLE);
    }

    private void meta(String kind, String name, String content) {
        page.empty("meta").with(kind, name).with("content", content);
    }

    private static String style() {
        try (InputStream style = HtmlReport.class.getResourceAsStream("drill-report.css")) {
            return new String(Objects.requireNonNull(style).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void verdict() {
        page.open("header").with("class", HtmlChecks.looks(report.verdict()));
        page.element("p", "Drill of " + name());
        page.open("h1");
        checks.verdict(report.verdict());
        page.close();
        page.open("p").with("class", "sentence").text(meaning.sentence()).close();
        page.close();
    }

    private void figures() {
        page.open("dl").with("class", "figures");
        fact("Time to get back", report.restored().map(Words::spoken).orElse("not known"));
        fact("The whole drill", Words.spoken(report.took()));
        fact(
                "Checks",
                count(Verdict.PASS) + " passed, " + count(Verdict.FAIL) + " failed, " + count(Verdict.UNDETERMINED)
                        + " undone");
        fact("When", UTC.format(report.at()));
        page.close();
    }

    private String count(Verdict verdict) {
        return Words.count(report.count(verdict));
    }

    private void subject() {
        section("The " + meaning.thing());
        page.open("dl").with("class", "facts");
        fact("name", report.subject().name());
        report.subject().facts().forEach((label, value) -> fact(label, grouped(label, value)));
        page.close().close();
    }

    /** Sizes as people read them; other numbers may be names. */
    private static String grouped(String label, String value) {
        boolean isSize = label.equals("rows") || label.equals("tables") || label.startsWith("bytes");
        return isSize && value.matches("\\d{1,18}") ? Words.count(Long.parseLong(value)) : value;
    }

    private void drill() {
        section("The drill");
        Instant ended = report.at().plus(report.took());
        page.open("dl").with("class", "facts");
        fact("began", UTC.format(report.at()));
        fact("ended", UTC.format(ended));
        fact("run by", by("user") + " on " + by("host"));
        fact("Holdfast", by("holdfast"));
        fact("restored into", report.sandbox().orElse("nothing: there was no server"));
        fact("restore took", report.restored().map(Words::spoken).orElse("not known"));
        page.close();
        if (!report.prepared().isEmpty()) {
            page.element("h3", "Shown, made or left out on the way");
            list(report.prepared());
        }
        page.close();
    }

    private void section(String title) {
        page.open("section").element("h2", title);
    }

    private void fact(String label, String value) {
        page.open("div").element("dt", label).open("dd");
        checks.text(value, "words");
        page.close().close();
    }

    private void list(List<String> items) {
        page.open("ul");
        items.forEach(item -> page.element("li", item));
        page.close();
    }

    private String by(String member) {
        return by.optionalString(member).filter(value -> !value.isEmpty()).orElse("unknown");
    }
}
