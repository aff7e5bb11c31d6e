package dev.holdfast.journal;

import dev.holdfast.run.Verdict;
import java.util.Locale;

/** How a run ended, or that it has not. */
public enum Ending {
    PASS,
    FAIL,
    /** It has a record, which does not say whether it went well. */
    UNDETERMINED,
    /** It has begun, has no record, and its process was not seen to be gone. */
    RUNNING,
    /** It has begun, and its process is gone. */
    KILLED;

    static Ending of(Verdict verdict) {
        return switch (verdict) {
            case PASS -> PASS;
            case FAIL -> FAIL;
            case UNDETERMINED -> UNDETERMINED;
        };
    }

    /** As it stands in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
