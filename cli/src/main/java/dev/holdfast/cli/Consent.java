package dev.holdfast.cli;

import picocli.CommandLine.Option;

/** Whether a person has agreed to what would be done to a database that exists. */
final class Consent {
    @Option(names = "--yes", description = "Do it. Without this the plan is printed and nothing is changed.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Print the plan and change nothing, even with --yes.")
    private boolean dryRun;

    boolean isGiven() {
        return yes && !dryRun;
    }

    /** The exit code when it was not given: a plan that was asked for is an answer. */
    int exitWithoutIt() {
        return dryRun ? ExitCode.DONE : ExitCode.NOT_DONE;
    }

    /** What is said then. */
    String wordsWithoutIt() {
        return dryRun ? "nothing was changed" : "nothing was changed; the same command with --yes does it";
    }
}
