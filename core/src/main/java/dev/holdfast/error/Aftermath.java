package dev.holdfast.error;

/** What a failed run left behind in the databases. It decides the exit code of a failure. */
public enum Aftermath {
    /** No database was changed. */
    UNTOUCHED,
    /** Something had been changed, and all of it was put back. */
    PUT_BACK,
    /** Something had been changed and could not be put back, or it is not known; the message says what to do now. */
    NOT_PUT_BACK
}
