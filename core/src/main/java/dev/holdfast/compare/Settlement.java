package dev.holdfast.compare;

import dev.holdfast.run.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts the rows in which two sides differ: those of one key have changed, the others came or went. Used by one thread. */
final class Settlement {
    private final boolean keyed;
    private final int mostSamples;
    private long inserted;
    private long deleted;
    private long changed;
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
            Map<RowMark, Long> surplus = new HashMap<>();
            backup.each(part, mark -> surplus.merge(mark, 1L, Settlement::sumOrNothing));
            other.each(part, mark -> surplus.merge(mark, -1L, Settlement::sumOrNothing));
            count(Differing.of(surplus));
        }
    }

    /** A row that is as often on both sides takes no room. */
    private static @Nullable Long sumOrNothing(Long one, Long two) {
        return one + two == 0 ? null : Long.valueOf(one + two);
    }

    /** Counts rows that only the backup has. */
    void deleted(long rows) {
        deleted += rows;
    }

    private void count(Differing rows) {
        int gone = 0;
        int come = 0;
        while (gone < rows.gone().size() || come < rows.come().size()) {
            int order = order(rows, gone, come);
            Optional<RowMark> before = order <= 0 ? Optional.of(rows.gone().get(gone++)) : Optional.empty();
            Optional<RowMark> after = order >= 0 ? Optional.of(rows.come().get(come++)) : Optional.empty();
            deleted += order < 0 ? 1 : 0;
            inserted += order > 0 ? 1 : 0;
            changed += order == 0 ? 1 : 0;
            if (samples.size() < mostSamples) {
                samples.add(new Sample(before, after));
            }
        }
    }

    /** Zero when the next rows of both sides are one that changed; else which side's is next. */
    private int order(Differing rows, int gone, int come) {
        if (gone == rows.gone().size()) {
            return 1;
        }
        if (come == rows.come().size()) {
            return -1;
        }
        RowMark before = rows.gone().get(gone);
        RowMark after = rows.come().get(come);
        return keyed && before.hasKeyOf(after) ? 0 : before.compareTo(after);
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
