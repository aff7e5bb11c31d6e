package dev.holdfast.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The report for people: a table for each work, and its bars below. */
final class TextReport {
    private static final List<String> TITLES = List.of(
            "contender", "min", "median", "max", "spread", "ratio", "CPU", "server CPU", "peak memory", "bytes");
    private static final String UNKNOWN = "-";

    private final PrintStream out;

    TextReport(PrintStream out) {
        this.out = out;
    }

    void setting(Setting setting, Plan plan) {
        out.println("machine:    " + setting.machine().words());
        out.println("holdfast:   " + setting.versions().holdfast() + ", started by "
                + setting.versions().startedBy() + ", " + setting.versions().java());
        out.println("postgresql: " + setting.versions().postgres() + " with " + ServerSettings.words() + "; reached by "
                + setting.connection());
        out.println("plan:       " + plan.runs() + " runs of each after a warm-up, " + plan.jobs() + " jobs, scale "
                + plan.scale() + (plan.scale() == Databases.FULL_SCALE ? "" : " (the bars are about scale 40)"));
        if (!setting.missing().equals("nothing")) {
            out.println("not measured here: " + setting.missing());
        }
        if (setting.machine().isBusy()) {
            out.println("this machine was busy when the measuring began: trust no figure of this report");
        }
    }

    void result(Result result) {
        out.println();
        out.println(result.work().name() + ": " + result.work().title());
        List<List<String>> rows = new ArrayList<>(List.of(TITLES));
        Optional<Stats> peer = result.fastest(result.work().peers()).flatMap(result::seconds);
        for (Contender contender : result.work().contenders()) {
            rows.add(row(result, contender.name(), peer));
        }
        print(rows);
        result.failures().forEach((name, why) -> out.println("  " + name + " failed: " + why));
        for (Bar bar : result.work().bars()) {
            Judgment judgment = bar.judge(result);
            out.println("  bar: " + judgment.bar() + "; found: " + judgment.found() + "; "
                    + judgment.verdict().word());
        }
        out.flush();
    }

    private static List<String> row(Result result, String name, Optional<Stats> peer) {
        Optional<Stats> seconds = result.seconds(name);
        return List.of(
                name,
                cell(seconds, stats -> Show.seconds(stats.min())),
                cell(seconds, stats -> Show.seconds(stats.median())),
                cell(seconds, stats -> Show.seconds(stats.max())),
                cell(seconds, stats -> Show.percent(stats.spread())),
                cell(peer.flatMap(theirs -> seconds.map(ours -> ours.ratioTo(theirs))), Show::ratio),
                cell(result.cpu(name), stats -> Show.seconds(stats.median())),
                cell(result.serverCpu(name), stats -> Show.seconds(stats.median())),
                cell(result.peakBytes(name), stats -> Show.mebibytes(Math.round(stats.max()))),
                cell(result.bytes(name), stats -> Show.bytes(Math.round(stats.median()))));
    }

    private static <T> String cell(Optional<T> value, Function<T, String> words) {
        return value.map(words).orElse(UNKNOWN);
    }

    /** The first column to the left, figures to the right. */
    private void print(List<List<String>> rows) {
        int[] widths = new int[TITLES.size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        for (List<String> row : rows) {
            var line = new StringBuilder("  ");
            for (int column = 0; column < widths.length; column++) {
                String cell = row.get(column);
                String padding = " ".repeat(widths[column] - cell.length());
                line.append(column == 0 ? cell + padding : "  " + padding + cell);
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
