package dev.holdfast.guard;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Severity;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A command while it runs, with our own input and output. It is waited for with all the processes that it started. Signals may come from
 * any thread.
 */
public final class Command {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final int NOT_STARTED = 127;
    private static final Duration TOLD_AFTER = Duration.ofSeconds(2);

    private volatile Optional<Descendants> running = Optional.empty();
    private volatile boolean started;

    /**
     * How a command ended.
     *
     * @param exit its exit code; 128 and the number of the signal that ended it
     * @param leftRunning processes that it started and that were not waited for any longer
     */
    public record Ended(int exit, Duration took, List<String> leftRunning) {
        public Ended {
            leftRunning = List.copyOf(leftRunning);
        }
    }

    /** Whether it runs now, so that signals are its own. */
    public boolean isRunning() {
        return running.isPresent();
    }

    /** Whether it was ever started. */
    public boolean hasStarted() {
        return started;
    }

    /** Passes a signal on to it, and to what it has left behind: {@code TERM}, {@code INT}, {@code HUP}. */
    public void signal(String name) {
        running.ifPresent(processes -> processes.signal(name));
    }

    /**
     * Runs it to its end.
     *
     * @param mark set in its environment, and so in that of all it starts
     * @param longestWait how long processes that it leaves behind are waited for at most
     */
    Ended run(Order order, String mark, Optional<Duration> longestWait, Run run) {
        long began = System.nanoTime();
        var builder = new ProcessBuilder(order.words())
                .directory(order.folder().toFile())
                .inheritIO();
        builder.environment().clear();
        builder.environment().putAll(order.environment());
        builder.environment().put(Descendants.MARK, mark);
        try {
            Process process = builder.start();
            started = true;
            var descendants = new Descendants(process, mark);
            running = Optional.of(descendants);
            while (!process.waitFor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                descendants.look();
            }
            List<String> left = await(descendants, longestWait, run);
            return new Ended(process.exitValue(), Duration.ofNanos(System.nanoTime() - began), left);
        } catch (IOException e) {
            throw new HoldfastException(
                    ErrorCode.PROGRAM_FAILED, "'" + order.shown() + "' could not be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HoldfastException(ErrorCode.INTERRUPTED, "interrupted", e);
        } finally {
            running = Optional.empty();
        }
    }

    /** Runs a line beside the command to the end of its own process; says how that ended. What it leaves running is what it starts. */
    int runShort(Order order) {
        var builder = new ProcessBuilder(order.words())
                .directory(order.folder().toFile())
                .inheritIO();
        builder.environment().clear();
        builder.environment().putAll(order.environment());
        try {
            return builder.start().waitFor();
        } catch (IOException e) {
            return NOT_STARTED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HoldfastException(ErrorCode.INTERRUPTED, "interrupted", e);
        }
    }

    private static List<String> await(Descendants descendants, Optional<Duration> longestWait, Run run)
            throws InterruptedException {
        long began = System.nanoTime();
        boolean told = false;
        List<ProcessHandle> left = descendants.living();
        while (!left.isEmpty()) {
            Duration waited = Duration.ofNanos(System.nanoTime() - began);
            if (longestWait.filter(most -> waited.compareTo(most) > 0).isPresent()) {
                return Descendants.named(left);
            }
            if (!told && waited.compareTo(TOLD_AFTER) > 0) {
                told = true;
                run.finding(new Finding(
                        Severity.NOTE,
                        "left_running",
                        "command",
                        "the command has ended, and waits for what it started: "
                                + String.join(", ", Descendants.named(left))));
            }
            Thread.sleep(LOOK_EVERY.toMillis());
            left = descendants.living();
        }
        return List.of();
    }
}
