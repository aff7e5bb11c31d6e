package dev.holdfast.restore;

import dev.holdfast.backup.TallyHash;
import dev.holdfast.compare.Compare;
import dev.holdfast.compare.RowDifference;
import dev.holdfast.compare.StoredRanges;
import dev.holdfast.engine.Fingerprint;
import dev.holdfast.engine.Part;
import dev.holdfast.engine.RangeReader;
import dev.holdfast.engine.Reading;
import dev.holdfast.engine.Relation;
import dev.holdfast.engine.Replacement;
import dev.holdfast.engine.Sweep;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.repository.Manifest;
import dev.holdfast.repository.RangeEntry;
import dev.holdfast.repository.RelationEntry;
import dev.holdfast.repository.Tally;
import dev.holdfast.run.Run;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Shows, before a transaction is committed, that what it wrote is what the backup says. Ranges that were not
 * touched since the safety backup, or have the version fingerprint that the backup saw, are known; all others are read.
 */
final class WrittenCheck {
    private final Manifest backup;
    private final Run run;

    WrittenCheck(Manifest backup, Run run) {
        this.backup = backup;
        this.run = run;
    }

    /** After some relations were brought back: what differs now is what was to be left, and nothing else was written. */
    void some(List<RowWork> work, List<RowDifference> left, Optional<Set<String>> touched) {
        Map<String, RowDifference> byName = new HashMap<>();
        left.forEach(each -> byName.put(each.relation().name(), each));
        Set<String> others = new HashSet<>(touched.orElseThrow(() -> new HoldfastException(
                        ErrorCode.UNSUPPORTED,
                        "the server does not count what is written (track_counts is off), so nobody knows whether something"
                                + " wrote to other tables, too")
                .withHint("ALTER DATABASE ... SET track_counts = on, or bring everything back, without --table")));
        for (RowWork each : work) {
            String name = each.difference().relation().name();
            others.remove(name);
            RowDifference now = byName.get(name);
            if (now == null || !each.isDone(now)) {
                throw notEqual(name + " would not have the rows that it is to have");
            }
        }
        if (!others.isEmpty()) {
            throw notEqual("something wrote to other tables, too: " + others);
        }
    }

    /** After everything was brought back: each relation that was written to equals the backup. */
    void everything(List<RowWork> work, Replacement replacement) {
        Set<String> touched = new HashSet<>(
                replacement.touched().orElseGet(() -> backup.byName().keySet()));
        try (Reading written = replacement.reading(Compare.earlier(backup), 1)) {
            RangeReader reader = written.readers().get(0);
            for (RowWork each : work) {
                RowDifference difference = each.difference();
                touched.remove(difference.relation().name());
                Tally tally = replacement
                        .inserted(difference.relation())
                        .flatMap(inserted -> difference.asTaken().map(taken -> tally(reader, each, inserted, taken)))
                        .orElseGet(() -> tally(reader, difference.relation(), difference.backup()));
                check(difference.backup(), tally);
            }
            for (Relation relation : written.relations()) {
                RelationEntry entry = backup.byName().get(relation.name());
                if (entry != null && touched.remove(relation.name())) {
                    check(entry, tally(reader, relation, entry));
                }
            }
        }
        if (!touched.isEmpty()) {
            throw notEqual("something wrote to tables that are not in the backup: " + touched);
        }
    }

    private static HoldfastException notEqual(String how) {
        return new HoldfastException(ErrorCode.NOT_EQUAL, how)
                .withHint(
                        "something else writes when rows are put back, a function that a materialized view calls, say;"
                                + " --into NAME brings the backup back beside the database");
    }

    private static void check(RelationEntry entry, Tally tally) {
        if (!tally.equals(entry.tally())) {
            throw notEqual(entry.name() + " would not be equal to the backup: "
                    + EqualRows.describe(entry.tally(), Optional.of(tally)));
        }
    }

    /** Ranges in which nothing was deleted or inserted are as the safety backup saw them: they were locked all the time. */
    private Tally tally(RangeReader reader, RowWork work, BitSet inserted, StoredRanges taken) {
        Relation relation = work.difference().relation();
        Set<Integer> deleted = work.delete().byRange().keySet();
        Tally sum = Tally.ZERO;
        for (int range = 0; range < relation.ranges().size(); range++) {
            run.checkInterrupted();
            sum = sum.plus(
                    inserted.get(range) || deleted.contains(range)
                            ? read(reader, relation.part(range))
                            : taken.get(range).orElseThrow().tally());
        }
        return sum;
    }

    private Tally tally(RangeReader reader, Relation relation, RelationEntry entry) {
        var stored = new StoredRanges(backup.chunks(), entry);
        Tally sum = Tally.ZERO;
        int ranges = relation.ranges().size();
        for (int from = 0; from < ranges; from += Sweep.COMPARED_AT_ONCE) {
            run.checkInterrupted();
            int to = Math.min(from + Sweep.COMPARED_AT_ONCE, ranges);
            List<Optional<Fingerprint>> found = relation.readInFull().isPresent()
                    ? List.of()
                    : reader.fingerprints(
                            IntStream.range(from, to).mapToObj(relation::part).toList());
            for (int range = from; range < to; range++) {
                Part part = relation.part(range);
                Optional<Fingerprint> now = found.isEmpty() ? Optional.empty() : found.get(range - from);
                sum = sum.plus(known(stored, range, now).orElseGet(() -> read(reader, part)));
            }
        }
        return sum;
    }

    private static Optional<Tally> known(StoredRanges stored, int range, Optional<Fingerprint> now) {
        return now.flatMap(fingerprint -> stored.get(range)
                .filter(before -> fingerprint.isOf(before.tally().count(), before.fingerprint()))
                .map(RangeEntry::tally));
    }

    private static Tally read(RangeReader reader, Part part) {
        var hash = new TallyHash();
        reader.read(part.relation(), part.range(), hash);
        return hash.take();
    }
}
