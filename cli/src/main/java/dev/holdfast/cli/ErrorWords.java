package dev.holdfast.cli;

import dev.holdfast.error.HoldfastException;
import dev.holdfast.error.Secrets;
import dev.holdfast.json.JsonObject;
import java.io.PrintStream;
import java.util.Optional;

/** How an error is told: one line and a hint for people, an object for programs. */
final class ErrorWords {
    private ErrorWords() {}

    static JsonObject json(HoldfastException error) {
        return new JsonObject()
                .put("code", error.code().word())
                .put("message", message(error))
                .put("hint", hint(error).orElse(null));
    }

    static void print(HoldfastException error, PrintStream err) {
        err.println("holdfast: " + message(error));
        hint(error).ifPresent(advice -> err.println("hint: " + advice));
    }

    /** The error and its hint, where they stand among other texts. */
    static String all(HoldfastException error) {
        return message(error) + hint(error).map(advice -> " (" + advice + ")").orElse("");
    }

    private static String message(HoldfastException error) {
        return forPeople(String.valueOf(error.getMessage()));
    }

    private static Optional<String> hint(HoldfastException error) {
        return error.hint().map(ErrorWords::forPeople);
    }

    /** Control characters in a name must not move the reader's terminal, and somebody may have typed a URL where something else was expected. */
    private static String forPeople(String text) {
        return Words.plain(Secrets.hidden(text));
    }
}
