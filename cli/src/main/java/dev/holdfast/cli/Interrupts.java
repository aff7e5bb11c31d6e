package dev.holdfast.cli;

import dev.holdfast.run.Run;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What happens on interrupt and terminate: the run is asked to stop, and the process waits until it has put back what it changed. */
final class Interrupts {
    private static final long LONGEST_WAIT_SECONDS = 60;

    private final CountDownLatch finished = new CountDownLatch(1);

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
                System.err.println(
                        "holdfast: still busy after " + LONGEST_WAIT_SECONDS + " seconds, ending all the same");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The command has ended, whichever way. */
    void finished() {
        finished.countDown();
    }
}
