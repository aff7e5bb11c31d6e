package dev.holdfast.cli;

import dev.holdfast.config.ScheduleSettings;
import dev.holdfast.json.JsonObject;
import dev.holdfast.schedule.Cron;
import dev.holdfast.schedule.Nightly;
import dev.holdfast.schedule.Scheduler;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast schedule}. */
@Command(
        name = "schedule",
        description = "Write what lets a backup each night, and a drill each week, happen by themselves.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Times are cron's five fields. Nothing is installed; it is said how to.",
            "Example: holdfast schedule systemd --db shop --to units"
        })
final class ScheduleCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "WHERE", description = "crontab, systemd, windows, github or kubernetes.")
    private Scheduler scheduler = Scheduler.CRONTAB;

    @Option(
            names = "--backup-at",
            paramLabel = "CRON",
            description = "When a backup is taken. Default: what the config file says, else '" + ScheduleSettings.BACKUP
                    + "', each day at 01:30.")
    private @Nullable String backupAt;

    @Option(
            names = "--drill-at",
            paramLabel = "CRON",
            description = "When its newest backup is drilled. Default: what the config file says, else '"
                    + ScheduleSettings.DRILL + "', Sundays at 04:00.")
    private @Nullable String drillAt;

    @Option(
            names = "--to",
            paramLabel = "FOLDER",
            description = "Write the files there, over none that says something else. Default: standard output.")
    private @Nullable String to;

    ScheduleCommand(Context context) {
        this.context = context;
    }

    /** A time, and who says so. */
    private record Time(Cron cron, String from) {
        static Time of(String option, @Nullable String told, Optional<Cron> configured, String usual) {
            return Optional.ofNullable(told)
                    .map(text -> new Time(Cron.parse(text), option))
                    .or(() -> configured.map(cron -> new Time(cron, "the config file")))
                    .orElseGet(() -> new Time(Cron.parse(usual), "default"));
        }

        JsonObject json() {
            return new JsonObject().put("cron", cron.toString()).put("from", from);
        }
    }

    @Override
    public Integer call() {
        ScheduleSettings settings =
                context.settings().source().map(source -> source.schedule()).orElse(ScheduleSettings.NONE);
        Time backup = Time.of("--backup-at", backupAt, settings.backup(), ScheduleSettings.BACKUP);
        Time drill = Time.of("--drill-at", drillAt, settings.drill(), ScheduleSettings.DRILL);
        Nightly nightly = new ScheduleSubject(context, scheduler).nightly(backup.cron, drill.cron);
        Scheduler.Files files = scheduler.files(nightly);
        Optional<Path> folder = Optional.ofNullable(to).map(context.settings()::path);
        List<String> written =
                folder.map(where -> ScheduleFolder.write(where, files.files())).orElse(List.of());
        String place = folder.map(Path::toString).orElse(".");
        List<String> install = files.install().stream()
                .map(line -> line.replace("{folder}", place))
                .toList();
        if (context.json()) {
            context.answer(new JsonObject()
                    .put("source", nightly.source())
                    .put("scheduler", scheduler.word())
                    .put("backup", backup.json())
                    .put("drill", drill.json())
                    .put(
                            "files",
                            files.files().stream()
                                    .map(file -> json(file, folder))
                                    .toList())
                    .put("install", install));
            return ExitCode.DONE;
        }
        context.say("backup of " + nightly.source() + " at '" + backup.cron + "' (" + backup.from + "), drill at '"
                + drill.cron + "' (" + drill.from + ")");
        PrintStream out = context.terminal().out();
        if (folder.isEmpty()) {
            files.files().forEach(file -> print(file, files.files().size() > 1));
        }
        written.forEach(out::println);
        context.say(
                folder.isEmpty()
                        ? "to install it, with what is printed in files (--to writes them):"
                        : "to install it:");
        install.forEach(line -> context.say("  " + line));
        return ExitCode.DONE;
    }

    private void print(Scheduler.File file, boolean withName) {
        PrintStream out = context.terminal().out();
        if (withName) {
            out.println("==> " + file.name() + " <==");
        }
        out.print(file.text());
    }

    private static JsonObject json(Scheduler.File file, Optional<Path> folder) {
        return new JsonObject()
                .put("name", file.name())
                .put(
                        "path",
                        folder.map(where -> where.resolve(file.name()).toString())
                                .orElse(null))
                .put("text", file.text());
    }
}
