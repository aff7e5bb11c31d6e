package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.run.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A program that is given much, or gives much, so that neither is held in memory. Run without a shell and with an environment of its own.
 * Closing one that still runs ends it. Used by one thread, but for {@link #feed}.
 */
final class PipedProcess implements AutoCloseable {
    private static final long LOOK_AGAIN_MILLIS = 100;
    private static final int LONGEST_LINE = 1 << 12;
    private static final int BUFFER = 1 << 16;

    private final String name;
    private final Process process;
    private final CompletableFuture<Void> lines;

    private PipedProcess(String name, Process process, InputStream told, Consumer<String> line) {
        this.name = name;
        this.process = process;
        this.lines = CompletableFuture.runAsync(() -> eachLine(told, line), ChildProcess::inThread);
    }

    /**
     * Starts a program.
     *
     * @param merged whether lines of its output are told with those of its errors; if not, the output must be read
     * @param line is told each line, of an overlong one the beginning, in a thread of its own
     */
    static PipedProcess start(
            List<String> command, Map<String, String> environment, boolean merged, Consumer<String> line, Run run) {
        var builder = new ProcessBuilder(command).redirectErrorStream(merged);
        Map<String, String> variables = builder.environment();
        variables.keySet().removeIf(variable -> !ChildProcess.HANDED_ON.contains(variable));
        variables.put("LC_ALL", "C");
        variables.putAll(environment);
        String name = Path.of(command.get(0)).getFileName().toString();
        try {
            Process process = builder.start();
            run.wokenBy(process::destroyForcibly);
            return new PipedProcess(name, process, merged ? process.getInputStream() : process.getErrorStream(), line);
        } catch (IOException e) {
            throw new HoldfastException(ErrorCode.PROGRAM_FAILED, name + " could not be started: " + e.getMessage(), e);
        }
    }

    private static void eachLine(InputStream pipe, Consumer<String> told) {
        var line = new ByteArrayOutputStream();
        var buffer = new byte[BUFFER];
        try (pipe) {
            for (int read = pipe.read(buffer); read >= 0; read = pipe.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    if (buffer[i] == '\n') {
                        told.accept(line.toString(UTF_8));
                        line.reset();
                    } else if (line.size() < LONGEST_LINE) {
                        line.write(buffer[i]);
                    }
                }
            }
            if (line.size() > 0) {
                told.accept(line.toString(UTF_8));
            }
        } catch (IOException e) {
            return; // it was ended by us
        }
    }

    /** What it gives, when that is not told by lines. */
    InputStream output() {
        return process.getInputStream();
    }

    /** What it takes. */
    OutputStream input() {
        return process.getOutputStream();
    }

    /**
     * Gives it a file's bytes to read, in a thread of its own, unless it reads the file by its name. All of the file is read, also where the
     * program wants no more.
     *
     * @return what is wrong with the file; empty when it can be read to its end
     */
    CompletableFuture<Optional<String>> feed(DumpFile file) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (OutputStream input = process.getOutputStream()) {
                        return file.hasName() ? Optional.empty() : file.copyTo(input);
                    } catch (IOException e) {
                        return Optional.empty(); // it has ended, and how it ends says whether that is well
                    }
                },
                ChildProcess::inThread);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end, or until the run is asked to stop; its exit code. */
    int await(Run run) {
        try {
            while (!process.waitFor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                run.checkInterrupted();
            }
            lines.join();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HoldfastException(ErrorCode.INTERRUPTED, name + " was interrupted", e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
