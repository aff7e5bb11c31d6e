package dev.holdfast.compare;

import dev.holdfast.engine.BackupText;
import dev.holdfast.engine.Fingerprint;
import dev.holdfast.engine.Part;
import dev.holdfast.engine.RangeReader;
import dev.holdfast.engine.Reading;
import dev.holdfast.engine.RecordSink;
import dev.holdfast.engine.Relation;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.Manifest;
import dev.holdfast.repository.RangeEntry;
import dev.holdfast.repository.RelationEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A backup, read as if it were a moment of a database: a range is known by its number, and the digest of its rows stands for its
 * fingerprint.
 */
final class StoredReading implements Reading {
    private static final String NUMBER = "number";

    private final Manifest manifest;
    private final int jobs;
    private final List<Relation> relations = new ArrayList<>();
    private final Map<String, StoredRanges> ranges = new HashMap<>();

    /**
     * @param wanted which relations are read at all
     */
    StoredReading(Manifest manifest, Predicate<RelationEntry> wanted, int jobs) {
        this.manifest = manifest;
        this.jobs = jobs;
        manifest.relations().stream().filter(wanted).forEach(this::add);
    }

    private void add(RelationEntry entry) {
        var stored = new StoredRanges(manifest.chunks(), entry);
        ranges.put(entry.name(), stored);
        List<JsonObject> numbers = IntStream.range(0, stored.count())
                .mapToObj(number -> new JsonObject().put(NUMBER, number))
                .toList();
        relations.add(new Relation(entry.name(), entry.relation(), entry.bytes(), numbers, Optional.empty()));
    }

    /** What stands in a backup for the fingerprint of a range when it is compared with this. */
    static Optional<String> mark(RangeEntry range) {
        return Optional.of(range.tally().digest());
    }

    /** The relations that have the same rows in two backups, as far as their digests tell. */
    static Set<String> equal(Manifest one, Manifest other, BackupText text) {
        Map<String, RelationEntry> fellows = one.byName();
        return other.relations().stream()
                .filter(entry -> {
                    RelationEntry fellow = fellows.get(entry.name());
                    return fellow != null
                            && fellow.tally().equals(entry.tally())
                            && text.columns(fellow.relation()).equals(text.columns(entry.relation()));
                })
                .map(RelationEntry::name)
                .collect(Collectors.toSet());
    }

    @Override
    public List<Relation> relations() {
        return relations;
    }

    @Override
    public List<RangeReader> readers() {
        return Collections.nCopies(jobs, new RangeReader() {
            @Override
            public List<Optional<Fingerprint>> fingerprints(List<Part> parts) {
                return parts.stream()
                        .map(part -> range(part.relation(), part.range()).tally())
                        .map(tally -> Optional.of(new Fingerprint(tally.count(), tally.digest())))
                        .toList();
            }

            @Override
            public boolean read(Relation relation, JsonObject range, RecordSink sink) {
                StoredRows.read(manifest.chunks(), range(relation, range), sink);
                return true;
            }
        });
    }

    /** Asking costs nothing, so each range may go to another reader. */
    @Override
    public int askedAtOnce() {
        return 1;
    }

    private RangeEntry range(Relation relation, JsonObject range) {
        return Objects.requireNonNull(ranges.get(relation.name()))
                .get((int) range.count(NUMBER))
                .orElseThrow();
    }

    @Override
    public void close() {
        // nothing is held
    }
}
