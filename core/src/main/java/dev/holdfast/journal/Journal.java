package dev.holdfast.journal;

import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.Sealed;
import dev.holdfast.repository.SourceName;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.RunId;
import dev.holdfast.run.Severity;
import dev.holdfast.store.BlobName;
import dev.holdfast.store.BlobStore;
import dev.holdfast.store.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The append-only record of runs in a repository. Safe for several threads. */
public final class Journal {
    private static final String OPEN = "journal/open/";

    private final BlobStore store;
    private final Optional<BlobStore> spare;

    /**
     * @param store of the repository
     * @param spare where records go that the repository cannot take, such as one that is read-only
     */
    public Journal(BlobStore store, Optional<BlobStore> spare) {
        this.store = store;
        this.spare = spare;
    }

    /** Notes that a run has begun, so that one that dies is seen. */
    public void begin(RunId run, JsonObject what) {
        store.create(open(run), Content.of(Sealed.bytes(what)));
    }

    /**
     * Writes the record of a run that has ended, and takes its open note away where deleting is allowed. What cannot be recorded does
     * not undo what happened: it is a finding of the run.
     */
    public void end(Run run, JournalName name, JsonObject what) {
        try {
            store.create(name.blob(), Content.of(Sealed.bytes(what)));
            forget(name.run());
        } catch (HoldfastException e) {
            run.finding(new Finding(Severity.WARNING, "no_journal", "journal", spared(name, what, e)));
        }
    }

    private String spared(JournalName name, JsonObject what, HoldfastException failure) {
        try {
            if (spare.isPresent()) {
                spare.get().create(name.blob(), Content.of(Sealed.bytes(what)));
                return "the repository cannot take this run's record (" + failure.getMessage() + "); it is at "
                        + spare.get() + "/" + name.blob();
            }
        } catch (HoldfastException e) {
            failure.addSuppressed(e);
        }
        return "this run is not in the journal: " + failure.getMessage();
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
