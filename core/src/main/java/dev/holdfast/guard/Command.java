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
 * A command while it runs, with our own input and output. It is waited for with all the processes that it started. Used by one thread, but
 * signals may come from any.
 */
public final class Command {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration TOLD_AFTER = Duration.ofSeconds(2);
    private static final String HOOK = "hook-";

    private volatile Optional<Descendants> running = Optional.empty();
    private volatile Optional<Descendants> left = Optional.empty();
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
        return running.isPresent() && running.equals(left);
    }

    /** Whether it was ever started. */
    public boolean hasStarted() {
        return started;
    }

    /**
     * Passes a signal on to it, and to what it has left behind; or to what runs before or after it: {@code TERM}, {@code INT}, {@code HUP}.
     */
    public void signal(String name) {
        running.ifPresent(processes -> processes.signal(name));
    }

    /**
     * Runs it to its end.
     *
     * @param longestWait how long processes that it leaves behind are waited for at most
     */
    Ended run(Order order, Optional<Duration> longestWait, Run run) {
        long began = System.nanoTime();
        String mark = run.id().hex();
        try {
            Process process = builder(order, mark).start();
            started = true;
            var descendants = new Descendants(process, mark);
            left = Optional.of(descendants);
            running = left;
            while (!process.waitFor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                descendants.look();
            }
            List<String> others = await(descendants, longestWait, run);
            return new Ended(process.exitValue(), Duration.ofNanos(System.nanoTime() - began), others);
        } catch (IOException e) {
            throw notStarted(order, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HoldfastException(ErrorCode.INTERRUPTED, "interrupted", e);
        } finally {
            running = Optional.empty();
        }
    }

    /** Runs what comes before or after it. Only its own process is waited for: what that starts, an application, is to stay. */
    int runHook(Order order, Run run) {
        String mark = HOOK + run.id().hex();
        try {
            Process process = builder(order, mark).start();
            running = Optional.of(new Descendants(process, mark));
            return process.waitFor();
        } catch (IOException e) {
            throw notStarted(order, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HoldfastException(ErrorCode.INTERRUPTED, "interrupted", e);
        } finally {
            running = Optional.empty();
        }
    }

    private static ProcessBuilder builder(Order order, String mark) {
        var builder = new ProcessBuilder(order.words())
                .directory(order.folder().toFile())
                .inheritIO();
        builder.environment().clear();
        builder.environment().putAll(order.environment());
        builder.environment().put(Descendants.MARK, mark);
        return builder;
    }

    private static HoldfastException notStarted(Order order, IOException e) {
        return new HoldfastException(
                        ErrorCode.PROGRAM_MISSING, "'" + order.shown() + "' could not be started: " + e.getMessage(), e)
                .withHint("is it a program, and is the one there that its first line names?");
    }

    /** Ends what it has left behind; says what would not end. */
    List<String> endLeft() {
        return left.map(Descendants::end).orElse(List.of());
    }

    private static List<String> await(Descendants descendants, Optional<Duration> longestWait, Run run)
            throws InterruptedException {
        long began = System.nanoTime();
        boolean told = false;
        List<ProcessHandle> others = descendants.living();
        while (!others.isEmpty()) {
            Duration waited = Duration.ofNanos(System.nanoTime() - began);
            if (longestWait.filter(most -> waited.compareTo(most) > 0).isPresent()) {
                return Descendants.named(others);
            }
            if (!told && waited.compareTo(TOLD_AFTER) > 0) {
                told = true;
                run.finding(new Finding(
                        Severity.NOTE,
                        "left_running",
                        "command",
                        "the command has ended; what it started is waited for: "
                                + String.join(", ", Descendants.named(others))));
            }
            Thread.sleep(LOOK_EVERY.toMillis());
            others = descendants.living();
        }
        return List.of();
    }
}
