package dev.holdfast.bench;

import dev.holdfast.error.HoldfastException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The program {@code bench/run}. */
public final class Main {
    private static final int NOT_DONE = 2;

    private Main() {}

    public static void main(String[] arguments) {
        int exit = new CommandLine(new BenchCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Main::badUsage)
                .setExecutionExceptionHandler((error, command, parsed) -> failed(error))
                .execute(arguments);
        System.exit(exit);
    }

    private static int badUsage(ParameterException error, String[] arguments) {
        System.err.println("bench/run: " + error.getMessage());
        System.err.println("hint: bench/run --help says what it takes");
        return NOT_DONE;
    }

    private static int failed(Exception error) {
        System.err.println("bench/run: " + (error instanceof HoldfastException ? error.getMessage() : error));
        if (error instanceof HoldfastException known) {
            known.hint().ifPresent(hint -> System.err.println("hint: " + hint));
        }
        return NOT_DONE;
    }
}
