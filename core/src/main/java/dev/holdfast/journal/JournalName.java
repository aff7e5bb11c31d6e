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
 * @param subject the id of the backup it was about, {@link #ALL} of the source's, or {@link #NONE}
 */
public record JournalName(SourceName source, Instant ended, String kind, String subject, Verdict verdict, RunId run) {
    /** The run was about every backup that the source had when it began. */
    public static final String ALL = "all";

    /** The run came to no backup. */
    public static final String NONE = "none";

    /** The backup it was about, if it was about one. */
    public Optional<BackupId> backup() {
        return BackupId.parse(subject);
    }

    BlobName blob() {
        String time = BackupId.at(ended).toString();
        String month = time.substring(0, 4) + "-" + time.substring(4, 6);
        return new BlobName("journal/" + source + "/" + month + "/" + time + "-" + kind + "-" + subject + "-"
                + verdict.word() + "-" + run + ".json");
    }

    /** What the name alone tells of the run. */
    JournalEntry entry(RecordFile file) {
        return new JournalEntry(run, kind, source, subject, Ending.of(verdict), ended, file, Optional.empty());
    }

    /** Reads a blob's name; empty when it is no record's. */
    static Optional<JournalName> parse(BlobName name) {
        String[] folders = name.path().split("/", -1);
        String[] parts = name.lastPart().split("-", -1);
        if (folders.length != 4 || parts.length != 5 || !parts[4].endsWith(".json")) {
            return Optional.empty();
        }
        Optional<BackupId> ended = BackupId.parse(parts[0]);
        Optional<Verdict> verdict = Arrays.stream(Verdict.values())
                .filter(each -> each.word().equals(parts[3]))
                .findFirst();
        if (ended.isEmpty()
                || verdict.isEmpty()
                || !(parts[2].equals(ALL)
                        || parts[2].equals(NONE)
                        || BackupId.parse(parts[2]).isPresent())) {
            return Optional.empty();
        }
        try {
            var source = new SourceName(folders[1]);
            var run = new RunId(parts[4].substring(0, parts[4].length() - 5));
            return Optional.of(new JournalName(source, ended.get().time(), parts[1], parts[2], verdict.get(), run));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
