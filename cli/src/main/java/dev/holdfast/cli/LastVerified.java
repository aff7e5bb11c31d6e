package dev.holdfast.cli;

import dev.holdfast.journal.JournalName;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.SourceName;
import dev.holdfast.run.Verdict;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * How each backup was last verified, from the names of journal records alone. A backup verifies itself when it is taken. Safe for several
 * threads.
 */
final class LastVerified {
    /** One answer, and when it was given. */
    record Answer(Verdict verdict, Instant at) {}

    private final RecordNames records;
    private final Map<SourceName, Map<String, Answer>> answers = new ConcurrentHashMap<>();

    LastVerified(RecordNames records) {
        this.records = records;
    }

    Optional<Answer> of(BackupName backup) {
        Map<String, Answer> known = answers.computeIfAbsent(backup.source(), this::read);
        Optional<Answer> alone = Optional.ofNullable(known.get(backup.id().toString()));
        Optional<Answer> withAll = Optional.ofNullable(known.get(JournalName.ALL))
                .filter(answer -> !answer.at.isBefore(backup.id().time()));
        return Stream.of(alone, withAll).flatMap(Optional::stream).max(Comparator.comparing(Answer::at));
    }

    private Map<String, Answer> read(SourceName source) {
        Map<String, Answer> newest = new HashMap<>();
        for (JournalName record : records.of(source)) {
            if (record.kind().equals("verify") || record.kind().equals("backup")) {
                var answer = new Answer(record.verdict(), record.ended());
                newest.merge(record.subject(), answer, (one, other) -> one.at.isAfter(other.at) ? one : other);
            }
        }
        return newest;
    }
}
