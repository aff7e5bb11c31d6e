package dev.holdfast.journal;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.Holder;
import dev.holdfast.repository.Repository;
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
import java.util.function.Consumer;

/** The append-only record of runs in a repository. Safe for several threads. */
public final class Journal {
    private static final BlobName RECORDS = new BlobName("journal");
    private static final String GUARD = "guard";
    private static final String OPEN = RECORDS + "/open/";

    /** No record is longer, in bytes; a longer file is none of ours. */
    private static final long LONGEST = 64L << 20;

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

    /**
     * Notes that a run has begun, so that one that is killed is seen: the next run of its kind and source on the same host says so.
     *
     * @param what with the members {@code kind} and {@code source}
     */
    public void begin(Run run, Holder holder, JsonObject what) {
        JsonObject note = holder.in(what.put("started", run.started().toString()));
        store.create(open(run.id()), Content.of(Sealed.bytes(note)));
        String kind = what.string("kind");
        if (!kind.equals(GUARD)) {
            new KilledRuns(this, run, holder).tell(kind, new SourceName(what.string("source")));
        }
    }

    /**
     * Puts killed guards of a source on record, since a restore has looked after what they left. Until then everybody speaks of them
     * (see {@link JournalList#killed}).
     */
    public void settleKilledGuards(Run run, Holder holder, SourceName source) {
        new KilledRuns(this, run, holder).tell(GUARD, source);
    }

    /** The runs that have a note. */
    List<RunId> open() {
        List<RunId> runs = new ArrayList<>();
        store.list(new BlobName("journal/open"), facts -> {
            String name = facts.name().lastPart();
            if (name.matches("[0-9a-f]{32}\\.json")) {
                runs.add(new RunId(name.substring(0, 32)));
            }
        });
        return runs;
    }

    /** A run's note. */
    JsonObject note(RunId run) {
        return read(noteFile(run));
    }

    /**
     * Writes the record of a run that has ended, and takes its open note away where deleting is allowed. What cannot be recorded does
     * not undo what happened: it is a finding of the run.
     */
    public void end(Run run, JournalName name, JsonObject what) {
        try {
            write(name, what);
        } catch (HoldfastException e) {
            run.finding(new Finding(Severity.WARNING, "no_journal", "journal", spared(name, what, e)));
        }
    }

    void write(JournalName name, JsonObject what) {
        store.create(name.blob(), Content.of(Sealed.bytes(what)));
        forget(name.run());
    }

    private String spared(JournalName name, JsonObject what, HoldfastException failure) {
        try {
            if (spare.isPresent()) {
                var elsewhere = new BlobName(spareFolder() + name.blob());
                spare.get().create(elsewhere, Content.of(Sealed.bytes(what)));
                return "the repository cannot take this run's record (" + failure.getMessage() + "); it is at "
                        + spare.get() + "/" + elsewhere;
            }
        } catch (HoldfastException e) {
            failure.addSuppressed(e);
        }
        return "this run is not in the journal: " + failure.getMessage();
    }

    /** The spare place takes the records of many repositories, so each has a folder of its own there. */
    private String spareFolder() {
        return Repository.open(store).id() + "/";
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

    /**
     * The records of all sources by their names, also those that the repository could not take, in no order.
     *
     * @param strange told of each file that stands there and is no record
     */
    List<JournalEntry> records(Consumer<String> strange) {
        List<JournalEntry> records = new ArrayList<>();
        list(store, RECORDS, false, strange, records);
        spare.ifPresent(other -> list(other, new BlobName(spareFolder() + RECORDS), true, strange, records));
        return records;
    }

    private static void list(
            BlobStore from, BlobName folder, boolean spare, Consumer<String> strange, List<JournalEntry> records) {
        from.list(folder, facts -> {
            var file = new RecordFile(from, facts.name(), spare);
            String path = file.name()
                    .path()
                    .substring(folder.path().length() - RECORDS.path().length());
            Optional<JournalName> name = JournalName.parse(new BlobName(path));
            if (name.isPresent()) {
                records.add(name.get().entry(file));
            } else if (!path.startsWith(OPEN)) {
                strange.accept(file + " is no record of the journal");
            }
        });
    }

    /** Reads a record's text. */
    public JsonObject read(JournalName name) {
        return read(new RecordFile(store, name.blob(), false));
    }

    /** Reads the text of a record or a note. */
    static JsonObject read(RecordFile file) {
        long length = file.store()
                .find(file.name())
                .orElseThrow(() -> new HoldfastException(ErrorCode.STORE_MISSING, "there is no " + file))
                .length();
        if (length > LONGEST) {
            throw new HoldfastException(ErrorCode.DAMAGED, file + " is damaged: it has " + length + " bytes");
        }
        return Sealed.object(file.store().read(file.name(), 0, Math.toIntExact(length)), file);
    }

    private static BlobName open(RunId run) {
        return new BlobName(OPEN + run + ".json");
    }

    /** Where a run's note stands. */
    RecordFile noteFile(RunId run) {
        return new RecordFile(store, open(run), false);
    }
}
