package dev.holdfast.cli;

import dev.holdfast.run.Run;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What happens on interrupt and terminate: the run is asked to stop, and the process waits until it has put back what it changed. The exit
 * code is the signal's (130, 143) only when the run was interrupted; when it was too late for that, or putting back failed, it is the
 * run's own.
 */
final class Interrupts {
    private static final long LONGEST_WAIT_SECONDS = 60;

    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile int exit = ExitCode.INTERRUPTED;

    /** From now on the run is stopped before the process goes. */
    void stop(Run run) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndWait(run), "holdfast-interrupt"));
    }

    private void stopAndWait(Run run) {
        if (finished.getCount() == 0) {
            return;
        }
        run.interrupt();
        try {
            if (!finished.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("holdfast: still busy after " + LONGEST_WAIT_SECONDS
                        + " seconds, ending all the same; an unfinished database may be left, its name begins with"
                        + " holdfast_restore_");
                Runtime.getRuntime().halt(ExitCode.NOT_PUT_BACK);
            } else if (exit != ExitCode.INTERRUPTED) {
                Runtime.getRuntime().halt(exit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The command has ended, whichever way. */
    void finished(int code) {
        exit = code;
        finished.countDown();
    }
}
