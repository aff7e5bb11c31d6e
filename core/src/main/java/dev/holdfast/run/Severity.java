package dev.holdfast.run;

/** How much a finding matters. */
public enum Severity {
    /** Worth knowing; nothing is wrong. */
    NOTE,
    /** Something is missing or unusual; the run goes on and says so. */
    WARNING
}
