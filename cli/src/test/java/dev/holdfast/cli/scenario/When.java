package dev.holdfast.cli.scenario;

import dev.holdfast.run.RunListener;
import dev.holdfast.run.Step;

/** Does something once, when a run is about to begin a step. */
final class When implements RunListener {
    private final Step step;
    private final Runnable what;
    private boolean done;

    private When(Step step, Runnable what) {
        this.step = step;
        this.what = what;
    }

    static When at(Step step, Runnable what) {
        return new When(step, what);
    }

    @Override
    public void step(Step begun) {
        if (begun.equals(step) && !done) {
            done = true;
            what.run();
        }
    }

    /** Whether the run came there: a fault that never happened tests nothing. */
    boolean happened() {
        return done;
    }
}
