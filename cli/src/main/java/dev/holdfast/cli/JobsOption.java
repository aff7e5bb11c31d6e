package dev.holdfast.cli;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many connections or threads work side by side. */
final class JobsOption {
    private static final int MOST = 64;
    private static final int MOST_BY_DEFAULT = 4;

    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "N",
            description = "How many work side by side, 1 to 64. Default: the number of processors, at most 4.")
    private @Nullable Integer jobs;

    int count() {
        if (jobs == null) {
            return Math.min(MOST_BY_DEFAULT, Runtime.getRuntime().availableProcessors());
        }
        if (jobs < 1 || jobs > MOST) {
            throw new HoldfastException(ErrorCode.BAD_USAGE, "--jobs " + jobs + " is not between 1 and " + MOST)
                    .withHint("leave it out to use as many as this machine has processors, at most " + MOST_BY_DEFAULT);
        }
        return jobs;
    }
}
