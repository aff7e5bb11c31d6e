package dev.holdfast.cli;

import dev.holdfast.error.HoldfastException;
import dev.holdfast.journal.JournalName;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.SourceName;
import dev.holdfast.run.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * How each backup was last drilled. Names of journal records say when, and whether it passed; opened are the newest of a
 * backup, unless there are very many, for how long the restore took, and those whose names leave open whether the drill came to its end: one that did not says nothing. Safe for several
 * threads.
 */
final class LastDrilled {
    /** Of two in one second the graver one counts. */
    private static final Comparator<JournalName> NEWEST_FIRST = Comparator.comparing(JournalName::ended)
            .thenComparing(record -> record.verdict() == Verdict.FAIL)
            .thenComparing(record -> record.verdict() == Verdict.UNDETERMINED)
            .reversed();

    private final RecordNames names;
    private final int mostOpened;
    private final Map<SourceName, Drills> drills = new ConcurrentHashMap<>();

    /**
     * @param mostOpened how many records of a source may be opened for how long the restore took: those of its newest drills
     */
    LastDrilled(RecordNames names, int mostOpened) {
        this.names = names;
        this.mostOpened = mostOpened;
    }

    /**
     * The drills of one source.
     *
     * @param newestFirst by the ids of backups
     * @param opened those that are worth opening for how long the restore took
     */
    private record Drills(Map<String, List<JournalName>> newestFirst, Set<JournalName> opened) {}

    /** What one drill came to, and when it ended. */
    record Drilled(Verdict verdict, Instant at) {}

    /**
     * What is known of a backup that was drilled.
     *
     * @param sincePassed the newest drill of each verdict, newest first, as far back as the last one that passed; at least one
     * @param restored how long the restore of the newest took, where it came that far, and is not one of very many
     */
    record Answer(List<Drilled> sincePassed, Optional<Duration> restored) {
        Drilled newest() {
            return sincePassed.get(0);
        }

        Optional<Instant> last(Verdict verdict) {
            return sincePassed.stream()
                    .filter(drilled -> drilled.verdict == verdict)
                    .map(Drilled::at)
                    .findFirst();
        }
    }

    /** Empty when no drill of it has come to its end. */
    Optional<Answer> of(BackupName backup) {
        Drills known = drills.computeIfAbsent(backup.source(), this::read);
        List<JournalName> told =
                sincePassed(known.newestFirst.getOrDefault(backup.id().toString(), List.of()));
        if (told.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Answer(
                told.stream()
                        .map(record -> new Drilled(record.verdict(), record.ended()))
                        .toList(),
                Optional.of(told.get(0)).filter(known.opened::contains).flatMap(this::restored)));
    }

    private List<JournalName> sincePassed(List<JournalName> newestFirst) {
        List<JournalName> told = new ArrayList<>();
        Set<Verdict> seen = EnumSet.noneOf(Verdict.class);
        for (JournalName record : newestFirst) {
            if (!seen.contains(record.verdict()) && isOver(record)) {
                seen.add(record.verdict());
                told.add(record);
            }
            if (seen.contains(Verdict.PASS)) {
                break;
            }
        }
        return told;
    }

    /** Whether a drill came to its end: one that was interrupted, or killed, is undetermined and has no checks. */
    private boolean isOver(JournalName record) {
        return record.verdict() != Verdict.UNDETERMINED
                || text(record).filter(text -> !text.has("checks")).isEmpty();
    }

    private Optional<Duration> restored(JournalName record) {
        return text(record)
                .map(text -> text.members().get("restore_seconds"))
                .filter(Number.class::isInstance)
                .map(seconds -> Duration.ofMillis(Math.round(((Number) seconds).doubleValue() * 1000)));
    }

    /** One that is damaged still has a name. */
    private Optional<JsonObject> text(JournalName record) {
        try {
            return Optional.of(names.journal().read(record));
        } catch (HoldfastException e) {
            return Optional.empty();
        }
    }

    private Drills read(SourceName source) {
        List<JournalName> newestFirst = names.of(source).stream()
                .filter(record -> record.kind().equals("drill"))
                .sorted(NEWEST_FIRST)
                .toList();
        return new Drills(
                newestFirst.stream().collect(Collectors.groupingBy(JournalName::subject)),
                newestFirst.stream().limit(mostOpened).collect(Collectors.toSet()));
    }
}
