package dev.holdfast.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The marks of one range's rows on one side. Those of a range that is small enough are kept back until the other side's are known: what is
 * equal on both is forgotten at once. Used by one thread.
 */
final class Marks implements RowHash.Taker {
    private static final int KEPT_BACK = 64_000;
    private static final int BATCH = 10_000;

    private final Consumer<List<RowMark>> spill;
    private List<RowMark> held = new ArrayList<>();
    private boolean isComplete = true;
    private long taken;

    /**
     * @param spill takes marks that may differ
     */
    Marks(Consumer<List<RowMark>> spill) {
        this.spill = spill;
    }

    @Override
    public void take(RowMark mark) {
        taken++;
        held.add(mark);
        if (held.size() >= (isComplete ? KEPT_BACK : BATCH)) {
            spill();
            isComplete = false;
        }
    }

    /** How many it was given. */
    long taken() {
        return taken;
    }

    private void spill() {
        if (!held.isEmpty()) {
            spill.accept(held);
            held = new ArrayList<>();
        }
    }

    /**
     * Hands on what differs between the two sides of a range.
     *
     * @return whether nothing did
     */
    static boolean spillDifference(Marks backup, Marks other) {
        if (backup.isComplete && other.isComplete) {
            Differing differing = Differing.of(backup.held, other.held);
            backup.held = differing.gone();
            other.held = differing.come();
        }
        boolean same = backup.isComplete && other.isComplete && backup.held.isEmpty() && other.held.isEmpty();
        backup.spill();
        other.spill();
        return same;
    }
}
