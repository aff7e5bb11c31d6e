package dev.holdfast.journal;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.Holder;
import dev.holdfast.repository.SourceName;
import dev.holdfast.run.RunId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads a journal: what names of files say of all runs, and what stands in the files of those that are asked for. A file that is not what
 * was written is told, and ends nothing. Used once, by one thread.
 */
public final class JournalList {
    /** Runs that have not ended come last, whenever they began. */
    private static final Comparator<JournalEntry> OLDEST_FIRST = Comparator.comparing(
                    (JournalEntry entry) -> entry.ending() == Ending.RUNNING)
            .thenComparing(JournalEntry::at)
            .thenComparing(entry -> entry.file().name());

    private final Journal journal;
    private final Holder reader;
    private final List<String> damaged = new ArrayList<>();

    /**
     * @param reader the process that asks, which sees whether others of its host are gone
     */
    public JournalList(Journal journal, Holder reader) {
        this.journal = journal;
        this.reader = reader;
    }

    /** The newest runs that the filter takes, the newest last, with what stands in their files. */
    public List<JournalEntry> newest(JournalFilter filter, int most) {
        List<JournalEntry> taken =
                all().stream().filter(filter::takes).sorted(OLDEST_FIRST).toList();
        return opened(taken.subList(Math.max(0, taken.size() - most), taken.size()));
    }

    /**
     * All that is recorded of one run, which may be one record for each backup that it was about.
     *
     * @param beginning of the run's id; one that none or several have is an error
     */
    public List<JournalEntry> of(String beginning) {
        List<JournalEntry> found = all().stream()
                .filter(entry -> !beginning.isEmpty() && entry.run().hex().startsWith(beginning))
                .sorted(OLDEST_FIRST)
                .toList();
        List<String> runs =
                found.stream().map(entry -> entry.run().hex()).distinct().toList();
        if (runs.isEmpty()) {
            throw new HoldfastException(ErrorCode.NO_SUCH_RUN, "no run '" + beginning + "' in the journal")
                    .withHint("holdfast journal lists the runs, with the beginnings of their ids");
        }
        if (runs.size() > 1) {
            throw new HoldfastException(
                            ErrorCode.AMBIGUOUS,
                            "'" + beginning + "' can mean " + runs.size() + " runs, such as " + runs.get(0) + " and "
                                    + runs.get(1))
                    .withHint("give more of the id");
        }
        return opened(found);
    }

    /**
     * The runs of a kind that were killed, and are not on record yet: they may have left anything. Also those that may have ended with a
     * start of this host, which still count as running.
     */
    public List<JournalEntry> killed(String kind) {
        return journal.open().stream()
                .flatMap(run -> unfinished(run).stream())
                .filter(entry -> entry.kind().equals(kind))
                .filter(entry -> entry.ending() == Ending.KILLED
                        || entry.text()
                                .filter(note -> reader.mayHaveOutlived(Holder.of(note)))
                                .isPresent())
                .filter(entry -> journal.of(entry.source()).stream()
                        .noneMatch(record -> record.run().equals(entry.run())))
                .toList();
    }

    /** One line for each file that was met and is damaged, or no record. */
    public List<String> damaged() {
        return List.copyOf(damaged);
    }

    private List<JournalEntry> all() {
        List<JournalEntry> all = new ArrayList<>(journal.records(damaged::add));
        Set<RunId> recorded = all.stream().map(JournalEntry::run).collect(Collectors.toSet());
        for (RunId run : journal.open()) {
            if (!recorded.contains(run)) {
                unfinished(run).ifPresent(all::add);
            }
        }
        return all;
    }

    /** A run that has begun; empty when it has just ended, or nothing can be made of its note. */
    private Optional<JournalEntry> unfinished(RunId run) {
        try {
            JsonObject note = journal.note(run);
            Ending ending = reader.hasOutlived(Holder.of(note)) ? Ending.KILLED : Ending.RUNNING;
            return Optional.of(new JournalEntry(
                    run,
                    note.string("kind"),
                    new SourceName(note.string("source")),
                    note.optionalString("backup").orElse(JournalName.NONE),
                    ending,
                    Instant.parse(note.string("started")),
                    journal.noteFile(run),
                    Optional.of(note)));
        } catch (HoldfastException e) {
            if (e.code() != ErrorCode.STORE_MISSING) {
                damaged.add(String.valueOf(e.getMessage()));
            }
        } catch (JsonException | IllegalArgumentException | DateTimeException e) {
            damaged.add(journal.noteFile(run) + " is damaged: " + e.getMessage());
        }
        return Optional.empty();
    }

    private List<JournalEntry> opened(List<JournalEntry> entries) {
        return entries.stream().map(this::opened).sorted(OLDEST_FIRST).toList();
    }

    private JournalEntry opened(JournalEntry entry) {
        if (entry.text().isPresent()) {
            return entry;
        }
        try {
            return entry.with(Journal.read(entry.file()));
        } catch (HoldfastException e) {
            damaged.add(String.valueOf(e.getMessage()));
            return entry;
        }
    }
}
