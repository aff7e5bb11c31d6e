package dev.holdfast.journal;

import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.SourceName;
import dev.holdfast.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * A run as the journal tells it: from the file's name alone, or also from what stands in it. Members that are missing or not as they
 * should be are empty, since a record of another version must not keep anybody from reading the others.
 *
 * @param subject the id of the backup it is about, {@link JournalName#ALL} or {@link JournalName#NONE}
 * @param at when it ended, or when it began if it has not
 * @param file where it stands
 * @param text what stands in it; empty as long as it was not opened, and when it is damaged
 */
public record JournalEntry(
        RunId run,
        String kind,
        SourceName source,
        String subject,
        Ending ending,
        Instant at,
        RecordFile file,
        Optional<JsonObject> text) {

    JournalEntry with(JsonObject read) {
        boolean killed = Boolean.TRUE.equals(read.members().get("killed"));
        Instant exactly = time(read, "ended").orElse(at);
        return new JournalEntry(
                run, kind, source, subject, killed ? Ending.KILLED : ending, exactly, file, Optional.of(read));
    }

    /** The backup it is about, if it is about one, or {@link JournalName#ALL}. */
    public Optional<String> about() {
        return subject.equals(JournalName.NONE) ? Optional.empty() : Optional.of(subject);
    }

    /** Whether it has ended, and not well. */
    public boolean isFailed() {
        return ending != Ending.PASS && ending != Ending.RUNNING;
    }

    public Optional<Instant> started() {
        return text.flatMap(read -> time(read, "started"));
    }

    /** When it ended; of a killed one nobody knows. */
    public Optional<Instant> ended() {
        return ending == Ending.RUNNING || ending == Ending.KILLED ? Optional.empty() : Optional.of(at);
    }

    /** How long it took, or has taken until now. */
    public Optional<Duration> took(Instant now) {
        Optional<Instant> until = ending == Ending.RUNNING ? Optional.of(now) : ended();
        return started()
                .flatMap(from -> until.map(to -> Duration.between(from, to)))
                .filter(took -> !took.isNegative());
    }

    /** A member of the text, or of an object in it, that is a string. */
    public Optional<String> word(String... path) {
        Object value = text.orElse(null);
        for (String member : path) {
            value = value instanceof JsonObject object ? object.members().get(member) : null;
        }
        return value instanceof String word ? Optional.of(word) : Optional.empty();
    }

    private static Optional<Instant> time(JsonObject json, String member) {
        try {
            return json.members().get(member) instanceof String time
                    ? Optional.of(Instant.parse(time))
                    : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty(); // not as it should be
        }
    }
}
