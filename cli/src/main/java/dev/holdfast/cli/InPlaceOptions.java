package dev.holdfast.cli;

import dev.holdfast.Holdfast;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.restore.Terms;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** On what terms a live database is put back in place, as options. */
final class InPlaceOptions {
    @Option(
            names = "--max-block",
            paramLabel = "TIME",
            description =
                    "How long writers may be kept waiting, 500ms, 20s or 5m, say. When it would take longer, or does,"
                            + " everything is left as it was.")
    private @Nullable String longestBlock;

    @Option(
            names = "--safety-to",
            paramLabel = "FOLDER",
            description = "The repository that takes the safety backup, when the usual one is full, say.")
    private @Nullable String safetyTo;

    @Option(
            names = "--no-safety-backup",
            description = "Without a safety backup: what is there now is lost, and this cannot be taken back.")
    private boolean withoutSafety;

    /**
     * The terms.
     *
     * @param counted whether somebody waits for the numbers of the plan
     * @param onto the other database that is put back, if it is one
     */
    Terms terms(boolean counted, Optional<String> onto) {
        if (withoutSafety && safetyTo != null) {
            throw new HoldfastException(ErrorCode.BAD_USAGE, "--safety-to and --no-safety-backup exclude each other")
                    .withHint("leave one of them out");
        }
        return new Terms(
                counted,
                Optional.ofNullable(longestBlock).map(told -> Durations.of("--max-block", told)),
                onto,
                !withoutSafety,
                false);
    }

    Optional<Holdfast.Elsewhere> safetyTo(Context context) {
        return Optional.ofNullable(safetyTo).map(context::elsewhere);
    }

    /** Whether any of them was given. */
    boolean areAny() {
        return longestBlock != null || safetyTo != null || withoutSafety;
    }
}
