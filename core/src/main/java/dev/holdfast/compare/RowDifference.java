package dev.holdfast.compare;

import dev.holdfast.engine.BackupText;
import dev.holdfast.engine.Reading;
import dev.holdfast.engine.Relation;
import dev.holdfast.repository.ChunkReader;
import dev.holdfast.repository.Manifest;
import dev.holdfast.repository.RangeEntry;
import dev.holdfast.repository.RelationEntry;
import dev.holdfast.run.Run;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What would have to be done to a relation so that it has the rows of a backup again.
 *
 * @param relation as it is now
 * @param backup the same relation in the backup
 * @param keyed whether rows have a key that tells which of the rows below are the same row with other values
 * @param gone the backup's rows that are not there any more
 * @param come the rows that are there now, and not in the backup; by the ranges of {@code relation}
 * @param changedBefore those that are gone, and there with other values
 * @param changedAfter those that have come, and are in the backup with other values
 * @param asTaken what another backup holds that was just taken of {@code relation}, range by range; empty when there is none
 */
public record RowDifference(
        Relation relation,
        RelationEntry backup,
        boolean keyed,
        RowSet gone,
        RowSet come,
        RowSet changedBefore,
        RowSet changedAfter,
        Optional<StoredRanges> asTaken) {
    /** Compares every wanted relation that both have; those that only one has are not looked at. */
    public static List<RowDifference> of(
            Manifest backup, Reading now, Predicate<String> wanted, BackupText text, Run run) {
        Map<String, RelationEntry> entries = entries(backup, now, text);
        return new RowComparison(backup, now, text, wanted.and(entries::containsKey), RangeEntry::fingerprint, 0, run)
                .settle().stream()
                        .map(settled -> {
                            Relation relation = settled.pair().other();
                            RelationEntry entry = Objects.requireNonNull(entries.get(relation.name()));
                            return of(settled, relation, entry, Optional.empty());
                        })
                        .toList();
    }

    /** The backup's relations by their names, and those that it lacks since they have no rows in it. */
    static Map<String, RelationEntry> entries(Manifest backup, Reading now, BackupText text) {
        Map<String, RelationEntry> entries = new HashMap<>(backup.byName());
        now.relations().stream()
                .filter(relation -> !text.belongsToSchema(relation.facts()))
                .forEach(relation ->
                        entries.computeIfAbsent(relation.name(), name -> RelationEntry.empty(name, relation.facts())));
        return entries;
    }

    /**
     * What a comparison came to.
     *
     * @param relation as it is in the database
     */
    static RowDifference of(
            RowComparison.Settled settled, Relation relation, RelationEntry backup, Optional<StoredRanges> asTaken) {
        Settlement rows = settled.settlement();
        return new RowDifference(
                relation,
                backup,
                settled.pair().isKeyed(),
                rows.gone(),
                rows.come(),
                rows.changedBefore(),
                rows.changedAfter(),
                asTaken);
    }

    /** Nothing. */
    static RowDifference none(Relation relation, RelationEntry backup, boolean keyed, StoredRanges asTaken) {
        return new RowDifference(
                relation,
                backup,
                keyed,
                RowSet.none(),
                RowSet.none(),
                RowSet.none(),
                RowSet.none(),
                Optional.of(asTaken));
    }

    /** The bytes of some of the backup's rows, cut anywhere. */
    public Iterator<byte[]> stored(RowSet rows, ChunkReader chunks) {
        return new StoredRowSet(chunks, new StoredRanges(chunks, backup), rows);
    }
}
