package dev.holdfast.cli;

import dev.holdfast.journal.Journal;
import dev.holdfast.journal.JournalName;
import dev.holdfast.repository.SourceName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The names of a journal's records, which are listed once for all who ask. Safe for several threads. */
final class RecordNames {
    private final Journal journal;
    private final Map<SourceName, List<JournalName>> names = new ConcurrentHashMap<>();

    RecordNames(Journal journal) {
        this.journal = journal;
    }

    /** Those of one source, in no order. */
    List<JournalName> of(SourceName source) {
        return names.computeIfAbsent(source, journal::of);
    }

    Journal journal() {
        return journal;
    }
}
