package dev.holdfast.run;

import dev.holdfast.error.HoldfastException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Breaks a run off that takes too long. Closing it in time is all that is needed to go on. */
public final class Deadline implements AutoCloseable {
    private final CountDownLatch met = new CountDownLatch(1);

    private Deadline() {}

    /**
     * Begins to count.
     *
     * @param most how long from now on; empty for as long as it takes
     * @param late what the run then fails with
     */
    public static Deadline of(Optional<Duration> most, Run run, HoldfastException late) {
        var deadline = new Deadline();
        most.ifPresent(time -> {
            var watch = new Thread(() -> deadline.watch(time, run, late), "holdfast-deadline");
            watch.setDaemon(true);
            watch.start();
        });
        return deadline;
    }

    private void watch(Duration most, Run run, HoldfastException late) {
        try {
            if (!met.await(most.toMillis(), TimeUnit.MILLISECONDS)) {
                run.breakOff(late);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        met.countDown();
    }
}
