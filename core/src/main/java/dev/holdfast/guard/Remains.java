package dev.holdfast.guard;

import dev.holdfast.engine.Watch;
import dev.holdfast.engine.Watch.Leftover;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Severity;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** What a command may have left at work in the server: a killed program is not a stopped statement. */
final class Remains {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long LOOK_EVERY_MILLIS = 200;

    private final Watch watch;
    private final Run run;

    Remains(Watch watch, Run run) {
        this.watch = watch;
        this.run = run;
    }

    /** Waits until they have ended by themselves; those that do not are ended. An error names what cannot be. */
    void end() {
        List<Leftover> first = watch.leftovers();
        List<Leftover> left = first;
        for (long waited = 0; !left.isEmpty() && waited < PATIENCE.toMillis(); waited += LOOK_EVERY_MILLIS) {
            pause();
            left = stillThere(first);
        }
        if (left.isEmpty()) {
            return;
        }
        watch.end(left);
        List<Leftover> cannot = stillThere(left);
        if (!cannot.isEmpty()) {
            throw new HoldfastException(
                            ErrorCode.BUSY,
                            "what began with the command goes on, and may not be ended: " + named(cannot))
                    .withHint(
                            "end it (SELECT pg_terminate_backend(PROCESS), ROLLBACK PREPARED), then: holdfast rollback");
        }
        run.finding(new Finding(
                Severity.WARNING, "ended", "command", "ended what went on after the command: " + named(left)));
    }

    /** What has begun with the command, or after it, and is at work now that all was taken back. */
    void tellOfThose() {
        List<Leftover> now = watch.leftovers();
        if (!now.isEmpty()) {
            run.finding(new Finding(
                    Severity.NOTE,
                    "at_work",
                    "command",
                    "at work in the database after it was taken back, and begun since the command: " + named(now)));
        }
    }

    private List<Leftover> stillThere(List<Leftover> before) {
        return watch.leftovers().stream().filter(before::contains).toList();
    }

    private static String named(List<Leftover> leftovers) {
        return leftovers.stream().map(Leftover::who).collect(Collectors.joining(", "));
    }

    private void pause() {
        run.checkInterrupted();
        try {
            Thread.sleep(LOOK_EVERY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HoldfastException(ErrorCode.INTERRUPTED, "interrupted", e);
        }
    }
}
