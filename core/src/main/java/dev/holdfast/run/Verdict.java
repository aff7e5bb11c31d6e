package dev.holdfast.run;

import java.util.Locale;

/** How a run ended. Positive evidence only: whatever was not looked at is undetermined, never a pass. */
public enum Verdict {
    PASS,
    FAIL,
    UNDETERMINED;

    /** The verdict as it stands in JSON and in names of journal records. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
