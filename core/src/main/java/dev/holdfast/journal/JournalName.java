package dev.holdfast.journal;

import dev.holdfast.repository.BackupId;
import dev.holdfast.repository.SourceName;
import dev.holdfast.run.RunId;
import dev.holdfast.run.Verdict;
import dev.holdfast.store.BlobName;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * The file name of a record, which answers the common questions without opening it:
 * {@code journal/<source>/<yyyy-mm>/<time>-<kind>-<id>-<verdict>-<run>.json}.
 *
 * @param ended when the run ended
 * @param kind the run's verb: backup, verify, restore
 * @param backup the backup it was about; empty for all of the source's
 */
public record JournalName(
        SourceName source, Instant ended, String kind, Optional<BackupId> backup, Verdict verdict, RunId run) {
    private static final String ALL = "all";

    BlobName blob() {
        String time = BackupId.at(ended).toString();
        String month = time.substring(0, 4) + "-" + time.substring(4, 6);
        String id = backup.map(BackupId::toString).orElse(ALL);
        return new BlobName("journal/" + source + "/" + month + "/" + time + "-" + kind + "-" + id + "-"
                + verdict.word() + "-" + run + ".json");
    }

    /** Reads a blob's name; empty when it is no record's. */
    static Optional<JournalName> parse(BlobName name) {
        String[] folders = name.path().split("/", -1);
        String[] parts = name.lastPart().split("-", -1);
        if (folders.length != 4 || parts.length != 5 || !parts[4].endsWith(".json")) {
            return Optional.empty();
        }
        Optional<BackupId> ended = BackupId.parse(parts[0]);
        Optional<BackupId> backup = BackupId.parse(parts[2]);
        Optional<Verdict> verdict = Arrays.stream(Verdict.values())
                .filter(each -> each.word().equals(parts[3]))
                .findFirst();
        if (ended.isEmpty() || verdict.isEmpty() || (backup.isEmpty() && !parts[2].equals(ALL))) {
            return Optional.empty();
        }
        try {
            var source = new SourceName(folders[1]);
            var run = new RunId(parts[4].substring(0, parts[4].length() - 5));
            return Optional.of(new JournalName(source, ended.get().time(), parts[1], backup, verdict.get(), run));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
