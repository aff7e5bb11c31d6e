package dev.holdfast.run;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One execution of an operation: its id, clock, listener and findings. Safe for use by several threads; lives as long as the operation.
 */
public final class Run {
    private final RunId id;
    private final InstantSource clock;
    private final Instant started;
    private final RunListener listener;
    private final List<Finding> findings = new ArrayList<>();
    private final AtomicBoolean interrupted = new AtomicBoolean();

    public Run(InstantSource clock, RunListener listener) {
        this.id = RunId.random(new SecureRandom());
        this.clock = clock;
        this.started = clock.instant();
        this.listener = listener;
    }

    public RunId id() {
        return id;
    }

    public Instant started() {
        return started;
    }

    /** Our own clock's time. */
    public Instant now() {
        return clock.instant();
    }

    /** Begins a named step, unless the run was asked to stop. */
    public void step(Step step) {
        checkInterrupted();
        listener.step(step);
    }

    /** Begins a step after the one that made everything true: asking the run to stop comes too late and changes nothing. */
    public void closingStep(Step step) {
        listener.step(step);
    }

    public void progress(Progress progress) {
        listener.progress(progress);
    }

    /** Notes something; also tells the listener. */
    public void finding(Finding finding) {
        synchronized (findings) {
            findings.add(finding);
        }
        listener.finding(finding);
    }

    /** What was noticed so far, oldest first. */
    public List<Finding> findings() {
        synchronized (findings) {
            return List.copyOf(findings);
        }
    }

    /** Asks the run to stop at its next opportunity; from any thread, also from a signal's. */
    public void interrupt() {
        interrupted.set(true);
    }

    /** Throws when the run was asked to stop. Called often by everything that takes long. */
    public void checkInterrupted() {
        if (interrupted.get() || Thread.currentThread().isInterrupted()) {
            throw new HoldfastException(ErrorCode.INTERRUPTED, "interrupted");
        }
    }
}
