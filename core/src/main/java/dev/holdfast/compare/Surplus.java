package dev.holdfast.compare;

import java.util.Arrays;
import java.util.function.LongConsumer;

/** Equal rows, and where those of them stand which one side has more than the other. */
final class Surplus {
    private final RowMark mark;
    private long[] places = new long[1];
    private int count;
    private boolean ofBackup;

    Surplus(RowMark mark) {
        this.mark = mark;
    }

    /** One of the rows is found on a side: it makes up for one of the other side's, or is one too many itself. */
    void found(boolean onBackup, long place) {
        if (count > 0 && ofBackup != onBackup) {
            count--;
            return;
        }
        ofBackup = onBackup;
        if (count == places.length) {
            places = Arrays.copyOf(places, 2 * count);
        }
        places[count++] = place;
    }

    RowMark mark() {
        return mark;
    }

    boolean isEmpty() {
        return count == 0;
    }

    int count() {
        return count;
    }

    /** Whether it is the backup that has more of them. */
    boolean isOfBackup() {
        return ofBackup;
    }

    void eachPlace(LongConsumer taker) {
        for (int i = 0; i < count; i++) {
            taker.accept(places[i]);
        }
    }
}
