package dev.holdfast.cli;

import dev.holdfast.journal.Journal;
import dev.holdfast.journal.JournalName;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.SourceName;
import dev.holdfast.run.Verdict;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** When each backup was last verified, from the names of journal records alone. A backup verifies itself when it is taken. */
final class LastVerified {
    private final Journal journal;
    private final Map<SourceName, Map<String, Instant>> times = new HashMap<>();

    LastVerified(Journal journal) {
        this.journal = journal;
    }

    Optional<Instant> of(BackupName backup) {
        Map<String, Instant> known = times.computeIfAbsent(backup.source(), this::read);
        Optional<Instant> alone = Optional.ofNullable(known.get(backup.id().toString()));
        Optional<Instant> withAll = Optional.ofNullable(known.get(JournalName.ALL))
                .filter(time -> !time.isBefore(backup.id().time()));
        return Stream.of(alone, withAll).flatMap(Optional::stream).max(Instant::compareTo);
    }

    private Map<String, Instant> read(SourceName source) {
        Map<String, Instant> latest = new HashMap<>();
        List<JournalName> records = journal.of(source);
        for (JournalName record : records) {
            boolean verified = record.kind().equals("verify") || record.kind().equals("backup");
            if (verified && record.verdict() == Verdict.PASS) {
                latest.merge(record.subject(), record.ended(), (one, other) -> one.isAfter(other) ? one : other);
            }
        }
        return latest;
    }
}
