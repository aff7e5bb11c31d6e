package dev.holdfast.project;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A program that is asked one short question: without a shell, with an environment of its own, for a bounded time. */
final class ShortProgram {
    /** What is printed beyond it is read and thrown away. */
    private static final int MOST_BYTES = 64 * 1024;

    /** How it ended, and the beginning of what it printed. */
    record Answer(int exitCode, String output, String errors) {}

    private ShortProgram() {}

    /**
     * Runs a program to its end; one that takes longer is ended with all that it started.
     *
     * @return empty when it took too long
     * @throws IOException when it cannot be started
     */
    static Optional<Answer> ask(List<String> command, Map<String, String> environment, Path folder, Duration limit)
            throws IOException {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            return answer(process, limit);
        } finally {
            if (process.isAlive()) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }

    private static Optional<Answer> answer(Process process, Duration limit) {
        long until = System.nanoTime() + limit.toNanos();
        CompletableFuture<String> output = drained(process.getInputStream());
        CompletableFuture<String> errors = drained(process.getErrorStream());
        try {
            if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                return Optional.empty();
            }
            // something it started may hold its pipes open
            String out = output.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            return Optional.of(
                    new Answer(process.exitValue(), out, errors.get(until - System.nanoTime(), TimeUnit.NANOSECONDS)));
        } catch (TimeoutException e) {
            return Optional.empty(); // the same as a program that does not end
        } catch (ExecutionException e) {
            throw new IllegalStateException("a pipe that is drained does not fail", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HoldfastException(ErrorCode.INTERRUPTED, "interrupted", e);
        }
    }

    private static CompletableFuture<String> drained(InputStream pipe) {
        return CompletableFuture.supplyAsync(() -> beginning(pipe), task -> {
            var thread = new Thread(task, "holdfast-answer");
            thread.setDaemon(true);
            thread.start();
        });
    }

    private static String beginning(InputStream pipe) {
        var kept = new ByteArrayOutputStream();
        var buffer = new byte[8192];
        try (pipe) {
            for (int read = pipe.read(buffer); read >= 0; read = pipe.read(buffer)) {
                kept.write(buffer, 0, Math.min(read, MOST_BYTES - kept.size()));
            }
        } catch (IOException e) {
            return kept.toString(UTF_8); // it was ended while it printed
        }
        return kept.toString(UTF_8);
    }
}
