package dev.holdfast.schedule;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Tasks for the Task Scheduler of Windows, schema 1.2; in ASCII, so that no encoding can be taken for another. */
final class WindowsTasks {
    private static final List<String> WEEKDAYS =
            List.of("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");
    private static final List<String> MONTHS = List.of(
            "",
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December");

    /** More triggers a task cannot have. */
    private static final int MOST = 48;

    private WindowsTasks() {}

    static Scheduler.Files files(Nightly nightly) {
        Scheduler.File backup = task(nightly, "backup", nightly.backup(), nightly.backupCommand());
        Scheduler.File drill = task(nightly, "drill", nightly.drill(), nightly.drillCommand());
        List<String> install = new ArrayList<>();
        for (String what : List.of("backup", "drill")) {
            install.add("schtasks /create /tn \"Holdfast " + what + " " + nightly.source()
                    + "\" /xml {folder}\\holdfast-" + what + "-" + nightly.source() + ".xml /ru %USERNAME% /rp *");
        }
        if (!nightly.variables().isEmpty()) {
            install.add(
                    "the user needs the variables " + String.join(", ", nightly.variables()) + " (setx NAME value)");
        }
        install.add("the paths are of the machine where this was written: write it on the one that is to run it");
        return new Scheduler.Files(List.of(backup, drill), install);
    }

    private static Scheduler.File task(Nightly nightly, String what, Cron at, List<String> command) {
        List<String> triggers = triggers(at);
        if (triggers.size() > MOST) {
            throw new HoldfastException(
                            ErrorCode.UNSUPPORTED,
                            "'" + at + "' needs " + triggers.size() + " triggers of Windows, and a task has " + MOST
                                    + " at most")
                    .withHint("choose fewer times a day");
        }
        String text = new Template("task.xml")
                .with("what", what)
                .with("source", escaped(nightly.source()))
                .with("triggers", String.join("", triggers))
                .with("command", escaped(command.get(0)))
                .with(
                        "arguments",
                        escaped(command.stream()
                                .skip(1)
                                .map(WindowsTasks::quoted)
                                .collect(Collectors.joining(" "))))
                .with("folder", escaped(nightly.here().folder().toString()))
                .text();
        return new Scheduler.File("holdfast-" + what + "-" + nightly.source() + ".xml", text);
    }

    private static List<String> triggers(Cron at) {
        List<String> triggers = new ArrayList<>();
        for (int hour : at.hours()) {
            for (int minute : at.minutes()) {
                for (String days : days(at)) {
                    triggers.add(String.format(
                                    Locale.ROOT,
                                    "    <CalendarTrigger>%n      <StartBoundary>2026-01-01T%02d:%02d:00</StartBoundary>%n"
                                            + "      <Enabled>true</Enabled>%n%s    </CalendarTrigger>%n",
                                    hour,
                                    minute,
                                    days)
                            .replace("\r", ""));
                }
            }
        }
        return triggers;
    }

    /** One way to say it, or two where a day may be either of two kinds. */
    private static List<String> days(Cron at) {
        if (at.isAnyDay() && at.isAnyWeekday() && at.isAnyMonth()) {
            return List.of(element("ScheduleByDay", "<DaysInterval>1</DaysInterval>"));
        }
        List<String> ways = new ArrayList<>();
        String months = "<Months>" + each(at.months(), month -> "<" + MONTHS.get(month) + "/>") + "</Months>";
        if (!at.isAnyDay() || at.isAnyWeekday()) {
            ways.add(element(
                    "ScheduleByMonth",
                    "<DaysOfMonth>" + each(at.days(), day -> "<Day>" + day + "</Day>") + "</DaysOfMonth>" + months));
        }
        if (!at.isAnyWeekday()) {
            String weekdays =
                    "<DaysOfWeek>" + each(at.weekdays(), day -> "<" + WEEKDAYS.get(day) + "/>") + "</DaysOfWeek>";
            ways.add(
                    at.isAnyMonth()
                            ? element("ScheduleByWeek", "<WeeksInterval>1</WeeksInterval>" + weekdays)
                            : element(
                                    "ScheduleByMonthDayOfWeek",
                                    "<Weeks><Week>1</Week><Week>2</Week><Week>3</Week>"
                                            + "<Week>4</Week><Week>Last</Week></Weeks>" + weekdays + months));
        }
        return ways;
    }

    private static String element(String name, String content) {
        return "      <" + name + ">" + content + "</" + name + ">\n";
    }

    private static String each(Collection<Integer> numbers, IntFunction<String> element) {
        return numbers.stream().map(element::apply).collect(Collectors.joining());
    }

    /** As programs of Windows take their arguments apart. */
    private static String quoted(String word) {
        if (word.matches("[^\\s\"]+")) {
            return word;
        }
        return "\"" + word.replaceAll("(\\\\*)\"", "$1$1\\\\\"").replaceAll("(\\\\+)$", "$1$1") + "\"";
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(each -> {
            if (each < ' ' || each > '~' || "<>&\"'".indexOf(each) >= 0) {
                escaped.append("&#x").append(Integer.toHexString(each)).append(';');
            } else {
                escaped.append((char) each);
            }
        });
        return escaped.toString();
    }
}
