package dev.holdfast.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * What is left of two sides' rows once equal ones are taken away, however often each is there.
 *
 * @param gone only in the backup, sorted
 * @param come only on the other side, sorted
 */
record Differing(List<RowMark> gone, List<RowMark> come) {
    /** Sorts both lists, and takes the equal marks out. */
    static Differing of(List<RowMark> backup, List<RowMark> other) {
        backup.sort(null);
        other.sort(null);
        List<RowMark> gone = new ArrayList<>();
        List<RowMark> come = new ArrayList<>();
        int b = 0;
        int o = 0;
        while (b < backup.size() && o < other.size()) {
            int order = backup.get(b).compareTo(other.get(o));
            if (order < 0) {
                gone.add(backup.get(b++));
            } else if (order > 0) {
                come.add(other.get(o++));
            } else {
                b++;
                o++;
            }
        }
        gone.addAll(backup.subList(b, backup.size()));
        come.addAll(other.subList(o, other.size()));
        return new Differing(gone, come);
    }
}
