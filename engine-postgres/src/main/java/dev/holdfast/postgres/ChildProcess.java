package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.run.Run;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * A program run without a shell and with an environment of its own, both its pipes drained. Closing one that still runs ends its whole
 * process tree.
 */
final class ChildProcess implements AutoCloseable {
    /** What programs need of our environment; everything else may hold a secret that is none of theirs. */
    static final Set<String> HANDED_ON = Set.of(
            "PATH",
            "HOME",
            "USER",
            "LOGNAME",
            "SHELL",
            "TMPDIR",
            "TZ",
            "LANG",
            "LD_LIBRARY_PATH",
            "DYLD_LIBRARY_PATH",
            "SYSTEMROOT",
            "SystemRoot",
            "TEMP",
            "TMP",
            "KRB5_CONFIG",
            "KRB5CCNAME",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR");

    private static final long LOOK_AGAIN_MILLIS = 100;

    /** How it ended, and everything it printed. */
    record Result(int exitCode, byte[] output, String errors) {
        String outputText() {
            return new String(output, UTF_8);
        }

        /** The first line of the errors that is an error, which with PostgreSQL's programs says why; else the last line. */
        String reason() {
            List<String> lines = errors.lines().filter(line -> !line.isBlank()).toList();
            return lines.stream()
                    .filter(line -> line.contains("error:") || line.contains("ERROR:") || line.contains("FATAL:"))
                    .findFirst()
                    .orElse(lines.isEmpty() ? "exit code " + exitCode : lines.get(lines.size() - 1));
        }
    }

    private final String name;
    private final Process process;
    private final CompletableFuture<byte[]> output;
    private final CompletableFuture<byte[]> errors;

    private ChildProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.output = CompletableFuture.supplyAsync(() -> drain(process.getInputStream()), ChildProcess::inThread);
        this.errors = CompletableFuture.supplyAsync(() -> drain(process.getErrorStream()), ChildProcess::inThread);
    }

    static void inThread(Runnable task) {
        var thread = new Thread(task, "holdfast-pipe");
        thread.setDaemon(true);
        thread.start();
    }

    private static byte[] drain(InputStream pipe) {
        try (pipe) {
            return pipe.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts a program.
     *
     * @param environment added to what a program needs anyway; of our own environment only PATH, HOME and the like are handed on
     */
    static ChildProcess start(List<String> command, Map<String, String> environment) {
        var builder = new ProcessBuilder(command);
        Map<String, String> variables = builder.environment();
        variables.keySet().removeIf(variable -> !HANDED_ON.contains(variable));
        variables.put("LC_ALL", "C");
        variables.putAll(environment);
        String name = Path.of(command.get(0)).getFileName().toString();
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return new ChildProcess(name, process);
        } catch (IOException e) {
            throw new HoldfastException(ErrorCode.PROGRAM_FAILED, name + " could not be started: " + e.getMessage(), e);
        }
    }

    /** Runs a program to its end. */
    static Result run(List<String> command, Map<String, String> environment) {
        try (ChildProcess child = start(command, environment)) {
            return child.await();
        }
    }

    /** Runs a program to its end, or ends it when the run is asked to stop; any exit code but 0 is an error. */
    static Result runWell(List<String> command, Map<String, String> environment, String doing, Run run) {
        try (ChildProcess child = start(command, environment)) {
            Result result = child.await(run);
            if (result.exitCode() != 0) {
                throw failed(doing, result);
            }
            return result;
        }
    }

    static HoldfastException failed(String doing, Result result) {
        return new HoldfastException(ErrorCode.PROGRAM_FAILED, doing + ": " + result.reason())
                .withHint("when the reason is gone, run the same command again; the server's log may say more");
    }

    /** Its exit code, when the program has ended. */
    CompletableFuture<Integer> ended() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Waits for the program's end, or until the run is asked to stop; then closing ends the program. */
    Result await(Run run) {
        try {
            while (!process.waitFor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                run.checkInterrupted();
            }
            return await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HoldfastException(ErrorCode.INTERRUPTED, name + " was interrupted", e);
        }
    }

    /** Waits for the program's end. */
    private Result await() {
        try {
            byte[] out = output.join();
            String err = new String(errors.join(), UTF_8);
            return new Result(process.waitFor(), out, err);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HoldfastException(ErrorCode.INTERRUPTED, name + " was interrupted", e);
        } catch (CompletionException e) {
            throw new HoldfastException(ErrorCode.PROGRAM_FAILED, name + ": its pipe broke", e);
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
