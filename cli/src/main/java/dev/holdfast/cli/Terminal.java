package dev.holdfast.cli;

import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/**
 * Where answers and words go: standard output is the answer, standard error progress and words.
 *
 * @param live whether a person watches standard error, so that a line may be drawn again and again
 * @param keyboard the person who can be asked, if there is one
 */
record Terminal(PrintStream out, PrintStream err, boolean live, Optional<Keyboard> keyboard) {
    /** With nobody who can be asked. */
    Terminal(PrintStream out, PrintStream err, boolean live) {
        this(out, err, live, Optional.empty());
    }

    /** The launcher says so, since Java cannot ask about one stream alone. */
    static boolean isLive(Map<String, String> environment) {
        return "1".equals(environment.get("HOLDFAST_STDERR_TTY"));
    }
}
