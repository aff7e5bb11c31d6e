package dev.holdfast.run;

/**
 * Watches one run. Called on the run's own threads, progress from several at once; an exception thrown here ends the run as any other
 * failure would, which is how tests fail a run at a named step.
 */
public interface RunListener {
    /** A listener that does nothing. */
    RunListener SILENT = new RunListener() {};

    /** The run is about to begin this step. */
    default void step(Step step) {}

    default void progress(Progress progress) {}

    default void finding(Finding finding) {}
}
