package dev.holdfast.schedule;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Units for systemd: a service and a timer for each of backup and drill. */
final class SystemdUnits {
    private static final List<String> WEEKDAYS = List.of("", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    private static final String FOLDER = "/etc/systemd/system";

    private SystemdUnits() {}

    static Scheduler.Files files(Nightly nightly) {
        List<Scheduler.File> files = new ArrayList<>();
        files.addAll(units(nightly, "backup", nightly.backup(), nightly.backupCommand()));
        files.addAll(units(nightly, "drill", nightly.drill(), nightly.drillCommand()));
        List<String> install = new ArrayList<>();
        if (!nightly.variables().isEmpty()) {
            install.add(
                    "write " + String.join(", ", new TreeSet<>(nightly.variables())) + " into " + variablesFile(nightly)
                            + ", one NAME=value a line, and: sudo chmod 600 " + variablesFile(nightly));
        }
        install.add("sudo cp "
                + files.stream().map(file -> "{folder}/" + file.name()).collect(Collectors.joining(" ")) + " "
                + FOLDER);
        install.add("sudo systemctl daemon-reload && sudo systemctl enable --now " + name(nightly, "backup") + ".timer "
                + name(nightly, "drill") + ".timer");
        install.add("systemctl list-timers 'holdfast-*' shows when they run, journalctl -u " + name(nightly, "backup")
                + " what they said");
        return new Scheduler.Files(files, install);
    }

    private static String name(Nightly nightly, String what) {
        return "holdfast-" + what + "-" + nightly.source();
    }

    private static Path variablesFile(Nightly nightly) {
        return Path.of("/etc/holdfast", nightly.source() + ".env");
    }

    private static List<Scheduler.File> units(Nightly nightly, String what, Cron at, List<String> command) {
        Nightly.Here here = nightly.here();
        String variables = new TreeMap<>(here.environment())
                .entrySet().stream()
                        .map(each -> "Environment=" + quoted(each.getKey() + "=" + each.getValue()) + "\n")
                        .collect(Collectors.joining());
        String file = nightly.variables().isEmpty() ? "" : "EnvironmentFile=" + variablesFile(nightly) + "\n";
        String service = new Template("holdfast.service")
                .with("what", what)
                .with("source", nightly.source())
                .with("user", here.who().user())
                .with("folder", plain(here.folder().toString()))
                .with("environment", variables + file)
                .with("state", quoted(here.state().toString()))
                .with("command", words(command))
                .text();
        String timer = new Template("holdfast.timer")
                .with("what", what)
                .with("source", nightly.source())
                .with(
                        "calendar",
                        calendar(at).stream()
                                .map(each -> "OnCalendar=" + each + "\n")
                                .collect(Collectors.joining()))
                .text();
        String name = name(nightly, what);
        return List.of(new Scheduler.File(name + ".service", service), new Scheduler.File(name + ".timer", timer));
    }

    /** In the program's own path, unlike in what follows, nothing can be escaped but a percent sign. */
    private static String words(List<String> command) {
        String program = command.get(0);
        if (program.matches(".*[\"'\\\\].*")) {
            throw new HoldfastException(
                            ErrorCode.UNSUPPORTED, "systemd cannot start a program of such a name: " + program)
                    .withHint("ln -s makes one without quotes and backslashes, which starts it as well");
        }
        return Stream.concat(
                        Stream.of(quoted(program)),
                        command.stream().skip(1).map(word -> quoted(word.replace("$", "$$"))))
                .collect(Collectors.joining(" "));
    }

    /** One expression, or two where a day may be either of two kinds: systemd itself asks for both of them at once. */
    static List<String> calendar(Cron at) {
        String month = at.isAnyMonth() ? "*" : numbers(at.months());
        String time = " " + (at.hours().size() == 24 ? "*" : numbers(at.hours())) + ":"
                + (at.minutes().size() == 60 ? "*" : numbers(at.minutes())) + ":00";
        List<String> expressions = new ArrayList<>();
        if (!at.isAnyDay() || at.isAnyWeekday()) {
            expressions.add("*-" + month + "-" + (at.isAnyDay() ? "*" : numbers(at.days())) + time);
        }
        if (!at.isAnyWeekday()) {
            List<Integer> fromMonday =
                    at.weekdays().stream().map(day -> day == 0 ? 7 : day).toList();
            expressions.add(text(fromMonday, WEEKDAYS::get) + " *-" + month + "-*" + time);
        }
        return expressions;
    }

    private static String numbers(Collection<Integer> numbers) {
        return text(numbers, number -> String.format(Locale.ROOT, "%02d", number));
    }

    private static String text(Collection<Integer> numbers, IntFunction<String> words) {
        return Span.of(numbers).stream().map(span -> span.text("..", words)).collect(Collectors.joining(","));
    }

    /** A percent sign begins one of systemd's own words. */
    private static String plain(String text) {
        return text.replace("%", "%%");
    }

    private static String quoted(String word) {
        String plain = plain(word);
        return plain.matches("[A-Za-z0-9_./:=@,+%-]+")
                ? plain
                : "\"" + plain.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
