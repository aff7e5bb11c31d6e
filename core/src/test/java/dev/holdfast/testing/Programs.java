package dev.holdfast.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs other people's programs, so that what we write is shown to be readable without us. */
public final class Programs {
    /** How a program ended, and what it printed. */
    public static final class Result {
        private final int exit;
        private final byte[] out;
        private final String errors;

        private Result(int exit, byte[] out, String errors) {
            this.exit = exit;
            this.out = out;
            this.errors = errors;
        }

        public int exit() {
            return exit;
        }

        public byte[] out() {
            return out.clone();
        }

        public String text() {
            return new String(out, StandardCharsets.UTF_8);
        }

        public String errors() {
            return errors;
        }
    }

    private Programs() {}

    /**
     * Whether a program can be run. Where it is not here, that is printed as not tested; where {@code HOLDFAST_TEST_REQUIRE} asks for
     * everything, it is an error.
     */
    public static boolean isHere(String name, String whatIsTested) {
        boolean here = run(List.of("sh", "-c", "command -v \"$1\"", "sh", name)).exit() == 0;
        if (!here) {
            Seeds.print("NOT TESTED, since " + name + " is not here: " + whatIsTested);
            if (!System.getenv().getOrDefault("HOLDFAST_TEST_REQUIRE", "").isBlank()) {
                throw new IllegalStateException("tests need " + name);
            }
        }
        return here;
    }

    /** Runs a program to its end; stdin is empty. A program that is not there is an error, never a skipped test. */
    public static Result run(List<String> command) {
        try {
            // files instead of pipes: no pipe can fill up while we read the other one
            Path out = Files.createTempFile("holdfast-out", "");
            Path errors = Files.createTempFile("holdfast-errors", "");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectInput(ProcessBuilder.Redirect.from(
                                Path.of("/dev/null").toFile()))
                        .redirectOutput(out.toFile())
                        .redirectError(errors.toFile())
                        .start();
                int exit = process.waitFor();
                return new Result(exit, Files.readAllBytes(out), Files.readString(errors));
            } finally {
                Files.delete(out);
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("running " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + command, e);
        }
    }
}
