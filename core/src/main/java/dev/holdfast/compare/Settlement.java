package dev.holdfast.compare;

import dev.holdfast.run.Run;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the rows in which two sides differ, and counts them: those of one key have changed, the others came or went. Used by one thread. */
final class Settlement {
    private final boolean keyed;
    private final int mostSamples;
    private long inserted;
    private long deleted;
    private long changed;
    private final RowSet gone = new RowSet();
    private final RowSet come = new RowSet();
    private final RowSet changedBefore = new RowSet();
    private final RowSet changedAfter = new RowSet();
    private final List<Sample> samples = new ArrayList<>();

    /** A row to be shown: its mark in the backup, if it is there, and on the other side, if it is there. */
    record Sample(Optional<RowMark> before, Optional<RowMark> after) {}

    /**
     * @param keyed whether rows of the same key belong together
     */
    Settlement(boolean keyed, int mostSamples) {
        this.keyed = keyed;
        this.mostSamples = mostSamples;
    }

    /** Counts everything that is in the two sides. */
    void settle(Spill backup, Spill other, Run run) {
        for (int part = 0; part < backup.parts(); part++) {
            run.checkInterrupted();
            Map<RowMark, Surplus> rows = new HashMap<>();
            backup.each(part, mark -> found(rows, mark, true));
            other.each(part, mark -> found(rows, mark, false));
            List<Surplus> sorted = new ArrayList<>(rows.values());
            sorted.sort(Comparator.comparing(Surplus::mark));
            count(sorted);
        }
    }

    /** Rows that are as often on both sides take no room. */
    private static void found(Map<RowMark, Surplus> rows, RowMark mark, boolean onBackup) {
        Surplus equal = rows.computeIfAbsent(mark, Surplus::new);
        equal.found(onBackup, mark.place());
        if (equal.isEmpty()) {
            rows.remove(mark);
        }
    }

    /** All rows of a range of the backup, which the other side has not. */
    void deleted(int range, long rows) {
        deleted += rows;
        gone.addAll(range, rows);
    }

    private void count(List<Surplus> sorted) {
        int to;
        for (int from = 0; from < sorted.size(); from = to) {
            RowMark first = sorted.get(from).mark();
            to = from + 1;
            while (keyed && to < sorted.size() && sorted.get(to).mark().hasKeyOf(first)) {
                to++;
            }
            countTogether(sorted.subList(from, to));
        }
    }

    /** Rows of one key. */
    private void countTogether(List<Surplus> rows) {
        List<RowMark> before = new ArrayList<>();
        List<RowMark> after = new ArrayList<>();
        long backup = 0;
        long other = 0;
        int most = mostSamples - samples.size();
        for (Surplus equal : rows) {
            equal.eachPlace(equal.isOfBackup() ? gone::add : come::add);
            backup += equal.isOfBackup() ? equal.count() : 0;
            other += equal.isOfBackup() ? 0 : equal.count();
            (equal.isOfBackup() ? before : after)
                    .addAll(Collections.nCopies(Math.min(most, equal.count()), equal.mark()));
        }
        long both = Math.min(backup, other);
        if (both > 0 && keyed) {
            rows.forEach(equal -> equal.eachPlace(equal.isOfBackup() ? changedBefore::add : changedAfter::add));
        }
        changed += both;
        deleted += backup - both;
        inserted += other - both;
        for (int i = 0; i < Math.min(most, Math.max(before.size(), after.size())); i++) {
            samples.add(new Sample(nth(before, i), nth(after, i)));
        }
    }

    private static Optional<RowMark> nth(List<RowMark> marks, int number) {
        return number < marks.size() ? Optional.of(marks.get(number)) : Optional.empty();
    }

    /** The rows that only the backup has. */
    RowSet gone() {
        return gone;
    }

    /** The rows that only the other side has. */
    RowSet come() {
        return come;
    }

    /** Those rows that only the backup has whose keys the other side has, too. */
    RowSet changedBefore() {
        return changedBefore;
    }

    /** Those rows that only the other side has whose keys the backup has, too. */
    RowSet changedAfter() {
        return changedAfter;
    }

    long inserted() {
        return inserted;
    }

    long deleted() {
        return deleted;
    }

    long changed() {
        return changed;
    }

    List<Sample> samples() {
        return samples;
    }
}
