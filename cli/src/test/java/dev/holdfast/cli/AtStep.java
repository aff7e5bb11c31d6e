package dev.holdfast.cli;

import dev.holdfast.run.RunListener;
import dev.holdfast.run.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Does something to the running program when it is about to begin a named step: {@code backup/HEAD:kill} is a kill -9,
 * {@code backup/HEAD:signal=INT} an interrupt from outside, {@code restore/ROWS:wait=FILE} makes {@code FILE.reached} and goes on once FILE is there.
 */
final class AtStep implements RunListener {
    private static final long LOOK_EVERY_MILLIS = 5;

    private final String where;
    private final String what;

    AtStep(String said) {
        int colon = said.indexOf(':');
        this.where = colon < 0 ? "" : said.substring(0, colon);
        this.what = said.substring(colon + 1);
    }

    /** The step as it is spelled in what is said: {@code backup/HEAD}. */
    static String spelled(Step step) {
        String verb = step.getClass().getSimpleName().replace("Step", "").toLowerCase(Locale.ROOT);
        return verb + "/" + step.name();
    }

    @Override
    public void step(Step step) {
        if (!where.equals(spelled(step))) {
            return;
        }
        if (what.equals("kill")) {
            Runtime.getRuntime().halt(signal("9"));
        } else if (what.startsWith("signal=")) {
            signal(what.substring("signal=".length()));
            awaitThatTheRunWasTold();
        } else if (what.startsWith("wait=")) {
            await(Path.of(what.substring("wait=".length())));
        } else {
            throw new IllegalArgumentException(what);
        }
    }

    /** What the system does to a signaled process is what happens; nothing is simulated. */
    private static int signal(String name) {
        try {
            return new ProcessBuilder(
                            "kill", "-" + name, "" + ProcessHandle.current().pid())
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    /** The program's shutdown hook tells the run to stop, and then waits for its end. */
    private static void awaitThatTheRunWasTold() {
        while (Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("holdfast-interrupt")
                        && thread.getState() == Thread.State.TIMED_WAITING)) {
            Thread.onSpinWait();
        }
    }

    private static void await(Path file) {
        try {
            Files.createFile(Path.of(file + ".reached"));
            while (!Files.exists(file)) {
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
