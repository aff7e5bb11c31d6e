package dev.holdfast.cli;

import dev.holdfast.journal.Ending;
import dev.holdfast.journal.JournalEntry;
import dev.holdfast.json.JsonObject;
import dev.holdfast.run.RunId;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A run of the journal as people read it. */
final class JournalWords {
    private static final int SHORT_ID = 12;
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final DateTimeFormatter WITH_ZONE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx");

    /** What the lines say in words of their own. */
    private static final Set<String> SAID =
            Set.of("kind", "source", "backup", "started", "ended", "verdict", "by", "killed", "host", "boot", "pid");

    private JournalWords() {}

    /** When, what, source, backup, who, how it ended, how long it took, run. */
    static List<String> cells(JournalEntry entry, Instant now, ZoneId zone) {
        return List.of(
                SECONDS.format(entry.at().atZone(zone)),
                entry.kind(),
                entry.source().value(),
                entry.about().orElse(""),
                who(entry),
                ending(entry),
                entry.took(now).map(Words::duration).orElse(""),
                shortId(entry.run()));
    }

    /** As much of a run's id as people read. */
    static String shortId(RunId run) {
        return run.hex().substring(0, SHORT_ID);
    }

    private static String ending(JournalEntry entry) {
        return switch (entry.ending()) {
            case PASS -> "passed";
            case FAIL -> "FAILED";
            case UNDETERMINED -> "UNKNOWN";
            case RUNNING -> "running";
            case KILLED -> "KILLED";
        };
    }

    /** Who started it; where only the process is known, that. */
    private static String who(JournalEntry entry) {
        Optional<String> user = entry.word("by", "user");
        Optional<String> host = entry.word("by", "host").or(() -> entry.word("host"));
        if (user.isEmpty() && host.isEmpty()) {
            return "";
        }
        return user.or(() -> process(entry)).orElse("?") + "@" + host.orElse("?");
    }

    private static Optional<String> process(JournalEntry entry) {
        return entry.text()
                .flatMap(text -> Optional.ofNullable(text.members().get("pid")))
                .map(pid -> "process " + pid);
    }

    /** All that is on record. */
    static List<String> lines(JournalEntry entry, Instant now, ZoneId zone) {
        List<String> lines = new ArrayList<>();
        add(lines, "run", entry.run().hex());
        add(lines, "what", entry.kind());
        add(lines, "source", entry.source().value());
        entry.about().ifPresent(backup -> add(lines, "backup", backup));
        entry.started().ifPresent(started -> add(lines, "began", WITH_ZONE.format(started.atZone(zone))));
        entry.ended().ifPresent(ended -> add(lines, "ended", WITH_ZONE.format(ended.atZone(zone))));
        entry.took(now)
                .ifPresent(
                        took -> add(lines, entry.ending() == Ending.RUNNING ? "so far" : "took", Words.duration(took)));
        if (!who(entry).isEmpty()) {
            add(
                    lines,
                    "by",
                    who(entry)
                            + entry.word("by", "holdfast")
                                    .map(version -> ", holdfast " + version)
                                    .orElse(""));
        }
        add(lines, "result", ending(entry) + more(entry));
        entry.text()
                .ifPresent(text -> text.members().forEach((member, value) -> {
                    if (!SAID.contains(member) && value != null) {
                        rest(lines, member, value);
                    }
                }));
        add(lines, "record", entry.file() + (entry.file().spare() ? ", since the repository could not take it" : ""));
        return lines.stream().map(Words::plain).toList();
    }

    /** A run of another host, or of before the host was started again, cannot be looked at from here. */
    private static String more(JournalEntry entry) {
        return switch (entry.ending()) {
            case RUNNING -> ", as far as can be seen from here";
            case KILLED -> ": nobody saw its end";
            case PASS, FAIL, UNDETERMINED -> entry.text().isEmpty() ? "; the rest cannot be read" : "";
        };
    }

    private static void rest(List<String> lines, String member, Object value) {
        if (value instanceof Collection<?> several) {
            several.forEach(each -> add(lines, member, words(member, each)));
        } else {
            add(lines, member, words(member, value));
        }
    }

    private static String words(String member, Object value) {
        if (value instanceof Long number) {
            return member.endsWith("bytes") ? Words.bytes(number) : Words.count(number);
        }
        if (value instanceof Boolean flag) {
            return flag ? "yes" : "no";
        }
        if (value instanceof JsonObject object) {
            return object.members().entrySet().stream()
                    .filter(each -> each.getValue() != null)
                    .map(each -> each.getKey().replace('_', ' ') + " " + words(each.getKey(), each.getValue()))
                    .collect(Collectors.joining(", "));
        }
        return String.valueOf(value);
    }

    private static void add(List<String> lines, String label, String value) {
        lines.add(String.format("%-12s %s", label.replace('_', ' '), value));
    }
}
