package dev.holdfast.cli;

import dev.holdfast.journal.JournalEntry;
import dev.holdfast.json.JsonObject;
import java.time.Instant;

/** A run of the journal as programs read it. */
final class JournalJson {
    private JournalJson() {}

    static JsonObject of(JournalEntry entry, Instant now) {
        JsonObject text = entry.text().orElseGet(JsonObject::new);
        return new JsonObject()
                .put("run", entry.run().hex())
                .put("kind", entry.kind())
                .put("source", entry.source().value())
                .put("backup", entry.about().orElse(null))
                .put("ending", entry.ending().word())
                .put("started", entry.started().map(Instant::toString).orElse(null))
                .put("ended", entry.ended().map(Instant::toString).orElse(null))
                .put(
                        "seconds",
                        entry.took(now).map(took -> took.toMillis() / 1000.0).orElse(null))
                .put("by", text.members().get("by"))
                .put("failure", entry.word("failure").orElse(null))
                .put("file", entry.file().toString())
                .put("in_repository", !entry.file().spare());
    }

    /** With all that stands in its file. */
    static JsonObject inFull(JournalEntry entry, Instant now) {
        return of(entry, now).put("record", entry.text().orElse(null));
    }
}
