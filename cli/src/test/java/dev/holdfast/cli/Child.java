package dev.holdfast.cli;

import dev.holdfast.testing.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program as a process of its own. */
public final class Child {
    private static final long LONGEST_SECONDS = 120;

    private final Process process;
    private final Path out;
    private final Path err;

    private Child(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static Child start(List<String> command, Map<String, String> environment) throws IOException {
        Path out = Files.createTempFile("holdfast-out", "");
        Path err = Files.createTempFile("holdfast-err", "");
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return new Child(process, out, err);
    }

    public long pid() {
        return process.pid();
    }

    /** Sends a signal: {@code INT}, {@code TERM}, {@code KILL}. */
    public void signal(String name) {
        Programs.run(List.of("kill", "-" + name, "" + process.pid()));
    }

    /** Waits for a file that the process makes when it has reached a step. */
    public void awaitFile(Path file) {
        try {
            while (!Files.exists(file)) {
                if (process.waitFor(5, TimeUnit.MILLISECONDS) && !Files.exists(file)) {
                    throw new AssertionError("ended before it came there: " + await());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Whether it ends within the time. */
    public boolean endsWithin(long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits for its end; a process ended by a signal has 128 and the signal's number. */
    public Ran await() {
        if (!endsWithin(TimeUnit.SECONDS.toMillis(LONGEST_SECONDS))) {
            process.destroyForcibly();
            throw new AssertionError("did not end in " + LONGEST_SECONDS + " seconds");
        }
        try {
            var ran = new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
            return ran;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
