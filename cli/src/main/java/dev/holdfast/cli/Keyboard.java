package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.run.Run;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A person who can be asked: standard input, where it is a terminal. */
final class Keyboard {
    private static final long LOOK_EVERY_MILLIS = 100;

    private final BufferedReader typed;

    private Keyboard(InputStream standardInput) {
        this.typed = new BufferedReader(new InputStreamReader(standardInput, UTF_8));
    }

    /** The launcher says whether standard input is a terminal, since Java cannot ask about one stream alone. */
    static Optional<Keyboard> of(Map<String, String> environment, InputStream standardInput) {
        return "1".equals(environment.get("HOLDFAST_STDIN_TTY"))
                ? Optional.of(new Keyboard(standardInput))
                : Optional.empty();
    }

    /** The next line, without its end; empty at the end of the input. Waits for it, until the run is asked to stop. */
    Optional<String> line(Run run) {
        run.checkInterrupted();
        var line = new CompletableFuture<Optional<String>>();
        var reader = new Thread(() -> line.complete(read()), "holdfast-keyboard");
        reader.setDaemon(true); // whoever is asked may never answer, and reading cannot be woken
        reader.start();
        try {
            while (!line.isDone()) {
                run.checkInterrupted();
                reader.join(LOOK_EVERY_MILLIS);
            }
            return line.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HoldfastException(ErrorCode.INTERRUPTED, "interrupted", e);
        }
    }

    private Optional<String> read() {
        try {
            return Optional.ofNullable(typed.readLine());
        } catch (IOException e) {
            return Optional.empty(); // a terminal that is gone does not agree
        }
    }
}
