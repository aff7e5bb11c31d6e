package dev.holdfast.cli;

import java.nio.file.Path;

/** The program with somebody who does things to it at a named step: {@code -Dholdfast.test.at=backup/HEAD:kill}. */
public final class TestMain {
    private TestMain() {}

    public static void main(String[] arguments) {
        var terminal = new Terminal(System.out, System.err, false, Keyboard.of(System.getenv(), System.in));
        var watcher = new AtStep(System.getProperty("holdfast.test.at", ""));
        new Program(System.getenv(), Path.of("").toAbsolutePath(), terminal, watcher).runAndExit(arguments);
    }
}
