package dev.holdfast.verify;

import dev.holdfast.journal.Journal;
import dev.holdfast.journal.JournalName;
import dev.holdfast.repository.BackupId;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.Repository;
import dev.holdfast.repository.SourceName;
import dev.holdfast.run.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Backups that were published, says the journal, and whose head is in no folder any more. */
final class PublishedNames {
    private PublishedNames() {}

    static List<BackupName> missing(Repository repository, Journal journal) {
        List<BackupName> missing = new ArrayList<>();
        for (SourceName source : repository.sources().sources()) {
            SortedSet<BackupId> there = new TreeSet<>(repository.heads().of(source));
            there.addAll(repository.heads().inTrash(source));
            for (JournalName record : journal.of(source)) {
                if (record.kind().equals("backup") && record.verdict() == Verdict.PASS) {
                    record.backup()
                            .filter(id -> !there.contains(id))
                            .ifPresent(id -> missing.add(new BackupName(source, id)));
                }
            }
        }
        return missing;
    }
}
