package dev.holdfast.run;

import dev.holdfast.error.Aftermath;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One execution of an operation: its id, clock, listener and findings. Safe for use by several threads; lives as long as the operation.
 */
public final class Run {
    private final RunId id;
    private final InstantSource clock;
    private final Instant started;
    private final RunListener listener;
    private final List<Finding> findings = new ArrayList<>();
    private final AtomicBoolean interrupted;
    private final AtomicBoolean brokenOff;
    private final AtomicReference<@Nullable HoldfastException> late;
    private final List<Runnable> wakers;

    public Run(InstantSource clock, RunListener listener) {
        this(clock, listener, new AtomicBoolean(), new AtomicBoolean(), new AtomicReference<>(), new ArrayList<>());
    }

    private Run(
            InstantSource clock,
            RunListener listener,
            AtomicBoolean interrupted,
            AtomicBoolean brokenOff,
            AtomicReference<@Nullable HoldfastException> late,
            List<Runnable> wakers) {
        this.id = RunId.random(new SecureRandom());
        this.clock = clock;
        this.started = clock.instant();
        this.listener = listener;
        this.interrupted = interrupted;
        this.brokenOff = brokenOff;
        this.late = late;
        this.wakers = wakers;
    }

    /** A run that is done as a part of this one: with an id and findings of its own; whoever stops one stops both. */
    public Run part() {
        return new Run(clock, listener, interrupted, brokenOff, late, wakers);
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

    /**
     * Takes what wakes those who wait for an answer that may never come, such as a server's; it may be called when nobody waits any more.
     * Once the run was asked to stop, what it begins puts things back, and is not woken.
     */
    public void wokenBy(Runnable waker) {
        synchronized (wakers) {
            if (!interrupted.get()) {
                wakers.add(waker);
            }
        }
    }

    /** Asks the run to stop at its next opportunity; from any thread, also from a signal's. */
    public void interrupt() {
        synchronized (wakers) {
            interrupted.set(true);
        }
    }

    /** As {@link #interrupt}, and gives it the opportunity: whoever waits for an answer is woken, and fails. */
    public void breakOff() {
        interrupt();
        brokenOff.set(true);
        List.copyOf(wakers).forEach(Runnable::run);
    }

    /** The same for a run that may not go on, unless somebody has interrupted it already. */
    void breakOff(HoldfastException reason) {
        if (!interrupted.get()) {
            late.set(reason);
        }
        breakOff();
    }

    private HoldfastException interruption(@Nullable Throwable cause) {
        HoldfastException reason = late.get();
        return reason == null ? new HoldfastException(ErrorCode.INTERRUPTED, "interrupted", cause) : reason;
    }

    /** Why the run failed: once it was broken off that is why, whatever the failure says. What was left behind is still said. */
    public RuntimeException reason(RuntimeException failure) {
        boolean says = failure instanceof HoldfastException known
                && (known.code() == ErrorCode.INTERRUPTED || known.aftermath() != Aftermath.UNTOUCHED);
        return brokenOff.get() && !says ? interruption(failure) : failure;
    }

    /** Throws when the run was asked to stop. Called often by everything that takes long. */
    public void checkInterrupted() {
        if (interrupted.get() || Thread.currentThread().isInterrupted()) {
            throw interruption(null);
        }
    }
}
