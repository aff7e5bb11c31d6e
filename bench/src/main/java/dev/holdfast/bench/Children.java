package dev.holdfast.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs programs to their end, each with the same small environment. A program that does not end well is an error with its last words.
 * What still runs when this process is told to go is ended.
 */
final class Children {
    /** Writes what a program reads. */
    @FunctionalInterface
    interface Input {
        void writeTo(OutputStream to) throws IOException;
    }

    private static final Input NOTHING = to -> {};
    private static final int BUFFER = 1 << 16;

    private final Map<String, String> environment;
    private final Path output;
    private final Path errors;
    private final Set<Process> running = ConcurrentHashMap.newKeySet();

    Children(Map<String, String> environment, WorkFolder folder) {
        this.environment = Map.copyOf(environment);
        this.output = folder.file("output");
        this.errors = folder.file("errors");
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "bench-end"));
    }

    private void end() {
        for (Process process : running) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }

    /** Runs a program; returns what it printed. */
    String run(List<String> command) {
        return run(command, NOTHING);
    }

    /** Runs a program that reads the given input. */
    String run(List<String> command, Input input) {
        try {
            Process process = start(command);
            running.add(process);
            try (OutputStream to = new BufferedOutputStream(process.getOutputStream(), BUFFER)) {
                input.writeTo(to);
            } catch (IOException e) {
                process.waitFor(); // it no longer reads; its exit code and its words say why
            }
            int exit = process.waitFor();
            running.remove(process);
            if (exit != 0) {
                throw new HoldfastException(
                        ErrorCode.PROGRAM_FAILED,
                        Path.of(command.get(0)).getFileName() + " failed with exit code " + exit + ": " + lastWords());
            }
            return Files.readString(output, UTF_8);
        } catch (IOException e) {
            throw new HoldfastException(
                    ErrorCode.PROGRAM_FAILED, command.get(0) + " could not be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HoldfastException(ErrorCode.INTERRUPTED, "interrupted", e);
        }
    }

    private Process start(List<String> command) throws IOException {
        var builder = new ProcessBuilder(command);
        Map<String, String> variables = builder.environment();
        Map<String, String> wanted = new HashMap<>(environment);
        for (String inherited : List.of("PATH", "HOME", "USER", "LANG", "TMPDIR")) {
            String value = variables.get(inherited);
            if (value != null) {
                wanted.putIfAbsent(inherited, value);
            }
        }
        variables.clear();
        variables.putAll(wanted);
        return builder.redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
    }

    private String lastWords() throws IOException {
        List<String> lines = Files.readString(errors, UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        return String.join(" / ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
    }
}
