package dev.holdfast.restore;

import dev.holdfast.journal.Journal;
import dev.holdfast.journal.JournalName;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupId;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.SourceName;
import dev.holdfast.run.RunId;
import dev.holdfast.run.Verdict;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * The newest run that changed a live database on purpose, as the journal has it, and the backup that takes it back.
 *
 * @param before holds the state before it; empty when that run took no safety backup
 * @param elsewhere in which repository that is, when not in the journal's own
 * @param takesBack whether that run took another one back itself
 */
public record LastChange(
        RunId run,
        String kind,
        Instant at,
        Optional<BackupName> before,
        Optional<String> elsewhere,
        boolean takesBack) {
    private static final String SAFETY = "safety_backup";
    private static final String NO_SAFETY = "no_safety_backup";

    /** Looks for it; empty when the journal knows of none. */
    public static Optional<LastChange> of(Journal journal, SourceName source) {
        return journal.of(source).stream()
                .filter(name -> name.kind().equals("restore") && name.verdict() == Verdict.PASS)
                .sorted(Comparator.comparing(JournalName::ended).reversed())
                .flatMap(name -> of(name, journal.read(name)).stream())
                .findFirst();
    }

    private static Optional<LastChange> of(JournalName name, JsonObject record) {
        Optional<BackupName> before = record.optionalString(SAFETY).flatMap(LastChange::backup);
        boolean changedThis = record.has(NO_SAFETY) && !record.string("way").equals("onto");
        if (before.isEmpty() && !changedThis) {
            return Optional.empty(); // it made a new database, or changed another one
        }
        return Optional.of(new LastChange(
                name.run(),
                name.kind(),
                name.ended(),
                before,
                record.optionalString("safety_repository"),
                record.has("takes_back")));
    }

    private static Optional<BackupName> backup(String name) {
        int slash = name.indexOf('/');
        return BackupId.parse(name.substring(slash + 1))
                .filter(id -> slash > 0)
                .map(id -> new BackupName(new SourceName(name.substring(0, slash)), id));
    }
}
