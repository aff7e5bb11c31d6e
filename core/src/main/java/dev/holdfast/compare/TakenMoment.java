package dev.holdfast.compare;

import dev.holdfast.engine.BackupText;
import dev.holdfast.engine.Reading;
import dev.holdfast.engine.Relation;
import dev.holdfast.repository.Manifest;
import dev.holdfast.repository.RelationEntry;
import dev.holdfast.run.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A moment of which a backup was just taken: compared with an older one by what both backups store, so that no row is read that both have.
 * Only a relation that is not just as the new backup saw it is read itself.
 */
public final class TakenMoment {
    private final Reading live;
    private final Manifest taken;
    private final Map<String, Relation> asTaken = new HashMap<>();

    /**
     * @param live stays open while this is used
     */
    public TakenMoment(Reading live, Manifest taken) {
        this.live = live;
        this.taken = taken;
        for (Relation relation : live.relations()) {
            RelationEntry entry = taken.byName().get(relation.name());
            if (entry != null
                    && entry.relation().equals(relation.facts())
                    && ranges(entry).count() == relation.ranges().size()) {
                asTaken.put(relation.name(), relation);
            }
        }
    }

    private StoredRanges ranges(RelationEntry entry) {
        return new StoredRanges(taken.chunks(), entry);
    }

    /**
     * What would have to be done to every wanted relation that both have.
     *
     * @param readers how many threads read at once
     */
    public List<RowDifference> differences(
            Manifest backup, Predicate<String> wanted, BackupText text, int readers, Run run) {
        Map<String, RelationEntry> entries = RowDifference.entries(backup, live, text);
        Set<String> equal = StoredReading.equal(backup, taken, text);
        List<RelationEntry> stored = taken.relations().stream()
                .filter(entry -> wanted.test(entry.name()))
                .filter(entry -> entries.containsKey(entry.name()) && asTaken.containsKey(entry.name()))
                .toList();
        List<RowDifference> differences = new ArrayList<>();
        for (RelationEntry entry : stored) {
            if (equal.contains(entry.name())) {
                boolean keyed = !text.key(entry.relation()).isEmpty();
                differences.add(RowDifference.none(live(entry), named(entries, entry.name()), keyed, ranges(entry)));
            }
        }
        var reading =
                new StoredReading(taken, entry -> stored.contains(entry) && !equal.contains(entry.name()), readers);
        var comparison = new RowComparison(backup, reading, text, name -> true, StoredReading::mark, 0, run);
        for (RowComparison.Settled settled : comparison.settle()) {
            RelationEntry entry = named(taken.byName(), settled.pair().other().name());
            differences.add(
                    RowDifference.of(settled, live(entry), named(entries, entry.name()), Optional.of(ranges(entry))));
        }
        differences.addAll(RowDifference.of(backup, live, wanted.and(Predicate.not(asTaken::containsKey)), text, run));
        return differences;
    }

    private Relation live(RelationEntry entry) {
        return Objects.requireNonNull(asTaken.get(entry.name()));
    }

    private static RelationEntry named(Map<String, RelationEntry> entries, String name) {
        return Objects.requireNonNull(entries.get(name));
    }
}
