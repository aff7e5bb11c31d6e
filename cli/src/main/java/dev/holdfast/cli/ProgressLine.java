package dev.holdfast.cli;

import dev.holdfast.run.Progress;
import dev.holdfast.run.Step;
import java.util.Locale;

/** One line on a person's terminal that is drawn again and again while a run goes on. Nothing where nobody watches. */
final class ProgressLine {
    private static final long NANOS_BETWEEN = 100_000_000L;
    private static final String CLEAR = "\r\u001b[K";

    private final Terminal terminal;
    private String title = "";
    private long stepBegan;
    private long drawnAt;
    private boolean drawn;

    ProgressLine(Terminal terminal) {
        this.terminal = terminal;
    }

    synchronized void step(Step step) {
        title = step.title();
        stepBegan = System.nanoTime();
        clear();
    }

    synchronized void progress(Progress progress) {
        long now = System.nanoTime();
        if (!terminal.live() || now - drawnAt < NANOS_BETWEEN) {
            return;
        }
        drawnAt = now;
        drawn = true;
        double seconds = Math.max(0.001, (now - stepBegan) / 1e9);
        var line = new StringBuilder(title).append(String.format(Locale.ROOT, "  %3.0f %%", progress.share() * 100));
        if (progress.rows() > 0) {
            line.append("  ").append(Words.count(progress.rows())).append(" rows");
        }
        if (progress.bytes() > 0) {
            line.append("  ")
                    .append(Words.bytes(progress.bytes()))
                    .append("  ")
                    .append(Words.bytes((long) (progress.bytes() / seconds)))
                    .append("/s");
        }
        if (progress.share() > 0.02) {
            long left = Math.round(seconds / progress.share() * (1 - progress.share()));
            line.append("  ").append(left).append(" s left");
        }
        terminal.err().print(CLEAR + line);
        terminal.err().flush();
    }

    /** Takes the line away, so that something else can be said. */
    synchronized void clear() {
        if (drawn) {
            terminal.err().print(CLEAR);
            terminal.err().flush();
            drawn = false;
        }
    }
}
