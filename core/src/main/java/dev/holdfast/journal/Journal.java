package dev.holdfast.journal;

import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.Sealed;
import dev.holdfast.repository.SourceName;
import dev.holdfast.run.RunId;
import dev.holdfast.store.BlobName;
import dev.holdfast.store.BlobStore;
import dev.holdfast.store.Content;
import java.util.ArrayList;
import java.util.List;

/** The append-only record of runs in a repository. Safe for several threads. */
public final class Journal {
    private static final String OPEN = "journal/open/";

    private final BlobStore store;

    public Journal(BlobStore store) {
        this.store = store;
    }

    /** Notes that a run has begun, so that one that dies is seen. */
    public void begin(RunId run, JsonObject what) {
        store.create(open(run), Content.of(Sealed.bytes(what)));
    }

    /** Writes the record of a run that has ended, and takes its open note away where deleting is allowed. */
    public void end(JournalName name, JsonObject what) {
        store.create(name.blob(), Content.of(Sealed.bytes(what)));
        forget(name.run());
    }

    /** Takes a run's open note away; false where deleting is not allowed, or there is none. */
    public boolean forget(RunId run) {
        try {
            return store.delete(open(run));
        } catch (HoldfastException e) {
            return false; // append-only: a record with the same run says that it has ended
        }
    }

    /** The records of one source by their names, in no order. */
    public List<JournalName> of(SourceName source) {
        List<JournalName> names = new ArrayList<>();
        store.list(
                new BlobName("journal/" + source),
                facts -> JournalName.parse(facts.name()).ifPresent(names::add));
        return names;
    }

    /** Reads a record's text. */
    public JsonObject read(JournalName name) {
        var facts = store.find(name.blob());
        long length = facts.orElseThrow(() -> new IllegalArgumentException("no record " + name.blob()))
                .length();
        return Sealed.object(store.read(name.blob(), 0, Math.toIntExact(length)), name.blob());
    }

    private static BlobName open(RunId run) {
        return new BlobName(OPEN + run + ".json");
    }
}
