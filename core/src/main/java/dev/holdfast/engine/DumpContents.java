package dev.holdfast.engine;

import java.util.List;
import java.util.Optional;

/**
 * What a dump holds, read to its end.
 *
 * @param summary for people: how much it holds
 * @param faults what is wrong with it, one line each; none when it is whole
 * @param notAlone why it cannot be restored by itself; empty when it can
 * @param noRows why nothing can be said of rows; empty when it holds some, or has no table
 */
public record DumpContents(String summary, List<String> faults, Optional<String> notAlone, Optional<String> noRows) {
    public DumpContents {
        faults = List.copyOf(faults);
    }
}
