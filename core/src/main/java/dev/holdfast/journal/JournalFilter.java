package dev.holdfast.journal;

import dev.holdfast.repository.SourceName;
import java.util.Optional;

/**
 * Which runs are wanted; what is empty does not matter.
 *
 * @param failed only those that ended and did not pass
 */
public record JournalFilter(Optional<SourceName> source, Optional<String> kind, boolean failed) {
    boolean takes(JournalEntry entry) {
        return source.filter(wanted -> !wanted.equals(entry.source())).isEmpty()
                && kind.filter(wanted -> !wanted.equals(entry.kind())).isEmpty()
                && (!failed || entry.isFailed());
    }
}
