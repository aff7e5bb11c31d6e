package dev.holdfast.repository;

/** Whether a chunk can be had. */
public enum PlaceState {
    /** Where it was put, in a pack that is whole; or where a forward says it is now. */
    FINE,
    /** Its own bytes are right, but the pack around it is damaged. */
    READABLE,
    /** The storage did not answer: it may be right or wrong. */
    UNKNOWN,
    /** Its bytes are not to be had. */
    LOST
}
