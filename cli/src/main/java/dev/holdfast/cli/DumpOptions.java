package dev.holdfast.cli;

import dev.holdfast.drill.LatestDump;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which dump of others is meant, and how far it is trusted. */
final class DumpOptions {
    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Not a backup, but this dump of pg_dump or pg_dumpall, whatever it is called:"
                    + " custom, directory, tar or plain, also compressed.")
    private @Nullable String file;

    @Option(
            names = "--latest-in",
            paramLabel = "DIR",
            description = "The newest dump in a folder; what is still being written is passed over.")
    private @Nullable String folder;

    @Option(
            names = "--as-superuser",
            description =
                    "Let the dump's statements do whatever they want, as a superuser of the sandbox: they can then run programs"
                            + " on this machine. Only for dumps that you made.")
    private boolean superuser;

    boolean isGiven() {
        return file != null || folder != null;
    }

    /** What was typed. */
    String asked() {
        return String.valueOf(file == null ? folder : file);
    }

    boolean isTrusted() {
        return superuser;
    }

    void refuseWithoutFile() {
        if (superuser) {
            throw new HoldfastException(ErrorCode.BAD_USAGE, "--as-superuser is for dumps of others")
                    .withHint("name one with --file or --latest-in, or leave it out");
        }
    }

    /**
     * The file that is meant.
     *
     * @param start where the program was started
     */
    LatestDump chosen(Path start) {
        try {
            if (file != null && folder != null) {
                throw new HoldfastException(ErrorCode.BAD_USAGE, "--file and --latest-in").withHint("name one of them");
            }
            return file != null
                    ? new LatestDump(start.resolve(file), List.of())
                    : LatestDump.in(start.resolve(String.valueOf(folder)), Instant.now());
        } catch (InvalidPathException e) {
            throw new HoldfastException(ErrorCode.BAD_USAGE, "not the name of a file: " + e.getMessage(), e);
        }
    }
}
