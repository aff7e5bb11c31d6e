package dev.holdfast.cli;

import dev.holdfast.run.RunListener;
import java.nio.file.Path;
import java.util.Map;

/** The program {@code holdfast}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        var terminal =
                new Terminal(System.out, System.err, Terminal.isLive(environment), Keyboard.of(environment, System.in));
        new Program(environment, Path.of("").toAbsolutePath(), terminal, RunListener.SILENT).runAndExit(arguments);
    }
}
