package dev.holdfast.engine;

/**
 * A marker on a database itself: whatever destroys something there asks for the database's name first. Used by the thread that uses the
 * database.
 */
public interface Protection {
    /** Whether the marker is there, as everybody sees it, whatever one session or role has set for itself. */
    boolean isOn();

    /**
     * Sets or removes the marker; when this returns, it was seen to be so. A right that the role lacks is an error with the code
     * {@code DENIED} that names it.
     */
    void set(boolean on);
}
