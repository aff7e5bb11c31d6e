package dev.holdfast.restore;

import dev.holdfast.journal.Ending;
import dev.holdfast.journal.JournalEntry;
import dev.holdfast.journal.JournalFilter;
import dev.holdfast.journal.JournalList;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupId;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.SourceName;
import dev.holdfast.run.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A run that changed a live database on purpose, as the journal has it, and the backup that takes it back.
 *
 * @param kind the verb: restore, or guard of a command that may have changed anything
 * @param ending {@code PASS}, or that it is not known whether it changed anything
 * @param before holds the state before it; empty when that run took no safety backup, or did not come so far
 * @param elsewhere in which repository that is, when not in the journal's own
 * @param tables the only ones that it changed; empty for all
 * @param takesBack whether that run took another one back itself
 */
public record LastChange(
        RunId run,
        String kind,
        Ending ending,
        Instant at,
        Optional<BackupName> before,
        Optional<String> elsewhere,
        Set<String> tables,
        boolean takesBack) {
    private static final int FAR_BACK = 1000;
    private static final String GUARD = "guard";
    private static final Set<String> CHANGE_LIVE_DATABASES = Set.of("in_place", "onto", "swap");

    /** The newest one; empty when the journal knows of none. Those that were put back, or never began to write, do not count. */
    public static Optional<LastChange> of(JournalList journal, SourceName source) {
        return changes(journal, source).findFirst();
    }

    /** The one before which a backup was taken. */
    public static Optional<LastChange> after(JournalList journal, BackupName backup) {
        return changes(journal, backup.source())
                .filter(change -> change.before.equals(Optional.of(backup)))
                .findFirst();
    }

    /** The newest first. */
    private static Stream<LastChange> changes(JournalList journal, SourceName source) {
        List<JournalEntry> entries = new ArrayList<>();
        for (String kind : List.of("restore", GUARD)) {
            entries.addAll(journal.newest(new JournalFilter(Optional.of(source), Optional.of(kind), false), FAR_BACK));
        }
        entries.sort(Comparator.comparing((JournalEntry entry) -> entry.ending() == Ending.RUNNING)
                .thenComparing(JournalEntry::at)
                .reversed());
        return entries.stream()
                .flatMap(entry -> (entry.kind().equals(GUARD) ? guard(entry, source) : of(entry, source)).stream());
    }

    /** A command that failed may have changed as much as one that did not. */
    private static Optional<LastChange> guard(JournalEntry entry, SourceName source) {
        JsonObject record = entry.text().orElseGet(JsonObject::new);
        boolean isDone = record.has("taken_back") && record.flag("taken_back");
        boolean hasChanged = !record.has("changed") || record.flag("changed");
        if (isDone || !hasChanged) {
            return Optional.empty();
        }
        boolean hasEnded = entry.ending() == Ending.FAIL || entry.ending() == Ending.PASS || record.has("command_exit");
        return Optional.of(new LastChange(
                entry.run(),
                GUARD,
                hasEnded ? Ending.PASS : entry.ending(),
                entry.at(),
                entry.about().flatMap(BackupId::parse).map(id -> new BackupName(source, id)),
                Optional.empty(),
                Set.of(),
                false));
    }

    private static Optional<LastChange> of(JournalEntry entry, SourceName source) {
        if (entry.ending() == Ending.FAIL) {
            return Optional.empty();
        }
        JsonObject record = entry.text().orElseGet(JsonObject::new);
        String way = entry.word("way").orElse("");
        Optional<BackupName> before = entry.word("safety_backup").flatMap(LastChange::backup);
        boolean ofAnother =
                before.filter(backup -> !backup.source().equals(source)).isPresent()
                        || (way.equals("onto") && before.isEmpty());
        if (!CHANGE_LIVE_DATABASES.contains(way) || ofAnother) {
            return Optional.empty();
        }
        Set<String> tables = record.has("only") ? Set.copyOf(record.strings("only")) : Set.of();
        return Optional.of(new LastChange(
                entry.run(),
                entry.kind(),
                entry.ending(),
                entry.at(),
                before,
                entry.word("safety_repository"),
                tables,
                record.has("takes_back")));
    }

    private static Optional<BackupName> backup(String name) {
        int slash = name.indexOf('/');
        return BackupId.parse(name.substring(slash + 1))
                .filter(id -> slash > 0)
                .map(id -> new BackupName(new SourceName(name.substring(0, slash)), id));
    }
}
