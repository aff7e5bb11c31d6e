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
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A run that changed a live database on purpose, as the journal has it, and the backup that takes it back.
 *
 * @param ending {@code PASS}, or that it is not known whether it changed anything
 * @param before holds the state before it; empty when that run took no safety backup, or did not come so far
 * @param elsewhere in which repository that is, when not in the journal's own
 * @param tables the only ones that it changed; empty for all
 * @param takesBack whether that run took another one back itself
 */
public record LastChange(
        RunId run,
        Ending ending,
        Instant at,
        Optional<BackupName> before,
        Optional<String> elsewhere,
        Set<String> tables,
        boolean takesBack) {
    private static final int FAR_BACK = 1000;
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
        var restores = new JournalFilter(Optional.of(source), Optional.of("restore"), false);
        List<JournalEntry> entries = new ArrayList<>(journal.newest(restores, FAR_BACK));
        Collections.reverse(entries);
        return entries.stream()
                .filter(entry -> entry.ending() != Ending.FAIL)
                .flatMap(entry -> of(entry, source).stream());
    }

    private static Optional<LastChange> of(JournalEntry entry, SourceName source) {
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
