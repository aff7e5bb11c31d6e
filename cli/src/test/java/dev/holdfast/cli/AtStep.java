package dev.holdfast.cli;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.run.RunListener;
import dev.holdfast.run.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Does something to the running program when it is about to begin a named step: {@code backup/HEAD:kill} is a kill -9,
 * {@code backup/HEAD:throw} a failure, {@code restore/ROWS:wait=FILE} makes {@code FILE.reached} and goes on once FILE is there.
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
            Runtime.getRuntime().halt(kill());
        } else if (what.equals("throw")) {
            throw new HoldfastException(ErrorCode.INTERNAL, "a test fails the run at " + where);
        } else if (what.startsWith("wait=")) {
            await(Path.of(what.substring("wait=".length())));
        } else {
            throw new IllegalArgumentException(what);
        }
    }

    /** Not {@code halt} alone: what the system does to a killed process should be what happens. */
    private static int kill() {
        try {
            return new ProcessBuilder("kill", "-9", "" + ProcessHandle.current().pid())
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
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
