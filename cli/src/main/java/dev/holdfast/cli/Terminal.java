package dev.holdfast.cli;

import java.io.PrintStream;
import java.util.Map;

/**
 * Where answers and words go: standard output is the answer, standard error progress and words.
 *
 * @param live whether a person watches standard error, so that a line may be drawn again and again
 */
record Terminal(PrintStream out, PrintStream err, boolean live) {
    /** The launcher says so, since Java cannot ask about one stream alone. */
    static boolean isLive(Map<String, String> environment) {
        return "1".equals(environment.get("HOLDFAST_STDERR_TTY"));
    }
}
