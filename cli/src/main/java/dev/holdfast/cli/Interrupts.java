package dev.holdfast.cli;

import dev.holdfast.error.Aftermath;
import dev.holdfast.run.Run;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * What happens on interrupt and terminate: the run is asked to stop, a moment later it is broken off, and the process waits until it has
 * put back what it changed. The exit code is the signal's (130, 143) only when the run was interrupted; when it was too late for that, or
 * putting back failed, it is the run's own.
 */
final class Interrupts {
    /** So long a run that was asked to stop may go on to its next opportunity. */
    static final Duration UNTIL_BROKEN_OFF = Duration.ofSeconds(3);
    /** Longer than the minute that connecting may take: a run that cannot put back says itself what it leaves. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(70);

    private final Duration longestWait;
    private final PrintStream words;
    private final IntConsumer halt;
    private final CountDownLatch finished = new CountDownLatch(1);
    private final List<Thread> hooks = new CopyOnWriteArrayList<>();
    private volatile int exit = ExitCode.INTERRUPTED;
    private volatile boolean ending;

    Interrupts(PrintStream words) {
        this(LONGEST_WAIT, words, Runtime.getRuntime()::halt);
    }

    /**
     * @param halt ends the process with an exit code, whatever it is doing
     */
    Interrupts(Duration longestWait, PrintStream words, IntConsumer halt) {
        this.longestWait = longestWait;
        this.words = words;
        this.halt = halt;
    }

    /**
     * From now on the run is stopped before the process goes.
     *
     * @param atWorst what the run leaves behind in the databases when it cannot be waited for
     */
    void stop(Run run, Aftermath atWorst) {
        var stopping = new Thread(() -> stopAndWait(run, atWorst), "holdfast-interrupt");
        hooks.add(stopping);
        Runtime.getRuntime().addShutdownHook(stopping);
    }

    void stopAndWait(Run run, Aftermath atWorst) {
        ending = true;
        if (finished.getCount() == 0) {
            return;
        }
        run.interrupt();
        try {
            boolean ended = isFinishedWithin(UNTIL_BROKEN_OFF);
            if (!ended) {
                run.breakOff();
                ended = isFinishedWithin(longestWait);
            }
            if (!ended) {
                goAllTheSame(atWorst);
            } else if (exit != ExitCode.INTERRUPTED) {
                halt.accept(exit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isFinishedWithin(Duration wait) throws InterruptedException {
        return finished.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Where the databases are untouched the exit code is the signal's, which the process has without our doing. */
    private void goAllTheSame(Aftermath atWorst) {
        boolean untouched = atWorst == Aftermath.UNTOUCHED;
        words.println("holdfast: interrupted, and ended while still busy after " + longestWait.toSeconds()
                + " seconds; " + (untouched ? "the databases are untouched" : "an unfinished database may be left"));
        if (!untouched) {
            words.println("hint: its name begins with holdfast_restore_; psql -l shows it, DROP DATABASE removes it");
            halt.accept(ExitCode.NOT_PUT_BACK);
        }
    }

    /** Whether a signal ends the process by now. */
    boolean isEnding() {
        return ending;
    }

    /** The command has ended, whichever way. */
    void finished(int code) {
        exit = code;
        finished.countDown();
        hooks.forEach(Interrupts::forget);
    }

    /** The process may go on with another command, and must not keep this one's run for ever. */
    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the process is going, and the hook waits for us
        }
    }
}
