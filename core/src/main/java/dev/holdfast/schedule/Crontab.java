package dev.holdfast.schedule;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Lines for cron. Each is complete, so that it changes nothing for other lines of the same crontab. */
final class Crontab {
    /** What is longer some crons cut off without a word. */
    private static final int LONGEST = 990;

    private Crontab() {}

    static Scheduler.Files files(Nightly nightly) {
        String text = """
                # Holdfast: a backup of %1$s, and a drill of its newest backup. What they say is in
                # %2$s; when one fails, cron mails the end of it.
                %3$s
                %4$s
                """.formatted(
                        nightly.source(),
                        log(nightly),
                        line(nightly, nightly.backup(), "backup", nightly.backupCommand()),
                        line(nightly, nightly.drill(), "drill", nightly.drillCommand()));
        String name = "holdfast-" + nightly.source() + ".crontab";
        List<String> install =
                new ArrayList<>(List.of("(crontab -l 2>/dev/null; cat {folder}/" + name + ") | crontab -"));
        if (!nightly.variables().isEmpty()) {
            install.add("cron does not know " + String.join(", ", new TreeSet<>(nightly.variables()))
                    + ": set it in the crontab above these lines, or leave passwords to ~/.pgpass");
        }
        return new Scheduler.Files(List.of(new Scheduler.File(name, text)), install);
    }

    private static Path log(Nightly nightly) {
        return nightly.here().state().resolve(nightly.source() + ".log");
    }

    private static String line(Nightly nightly, Cron at, String what, List<String> command) {
        Nightly.Here here = nightly.here();
        String log = quoted(log(nightly).toString());
        String variables = new TreeMap<>(here.environment())
                .entrySet().stream()
                        .map(each -> each.getKey() + "=" + quoted(each.getValue()) + " ")
                        .collect(Collectors.joining());
        String words = command.stream().map(Crontab::quoted).collect(Collectors.joining(" "));
        String shell = "mkdir -p " + quoted(here.state().toString()) + " && cd "
                + quoted(here.folder().toString())
                + " && " + variables + words + " >>" + log + " 2>&1"
                + " || { echo " + quoted("holdfast " + what + " of " + nightly.source() + " ended with")
                + " $?; tail -n 20 "
                + log + "; }";
        if (shell.length() > LONGEST) {
            throw new HoldfastException(
                            ErrorCode.UNSUPPORTED, "the line for cron would have " + shell.length() + " characters")
                    .withHint("shorter names of folders, or: holdfast schedule systemd");
        }
        return at + " " + shell.replace("%", "\\%");
    }

    /** A word for the shell. */
    static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=@,+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
