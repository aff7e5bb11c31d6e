package dev.holdfast.run;

/**
 * A named step of an operation. Each operation lists its steps as one enum, in the order in which they happen, so that a test can stop,
 * fail or kill a run at each of them, and a person reads where a run is.
 */
public interface Step {
    /** The enum constant's name. */
    String name();

    /** What a person reads while the step is under way, for example "reading rows". */
    String title();
}
