package dev.holdfast.drill;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The newest dump in a folder: a file, or a folder with the table of contents of a directory archive. What is newest is taken whatever it is,
 * so that a broken one is not passed over for an older one that is whole.
 *
 * @param passedOver why others were not taken, one line each
 */
public record LatestDump(Path file, List<String> passedOver) {
    /** Files that stand beside dumps and are none. */
    private static final List<String> BESIDE = List.of(
            ".sha256", ".sha512", ".sha1", ".md5", ".sum", ".log", ".txt", ".json", ".asc", ".sig", ".gpg", ".age");

    private static final List<String> UNFINISHED =
            List.of(".part", ".partial", ".tmp", ".temp", ".crdownload", ".filepart", "~");

    /** What was changed less long ago may be under way. */
    private static final Duration SETTLED = Duration.ofSeconds(10);

    private static final String TOC = "toc.dat";

    public LatestDump {
        passedOver = List.copyOf(passedOver);
    }

    private record Candidate(Path path, Instant changed) {}

    /** Looks into a folder; an error when it holds none. */
    public static LatestDump in(Path folder, Instant now) {
        List<String> passedOver = new ArrayList<>();
        List<Candidate> candidates = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Optional<Candidate> candidate = candidate(file);
                candidate
                        .flatMap(each -> why(each, now))
                        .ifPresent(why -> passedOver.add("passed over: " + file.getFileName() + ", " + why));
                candidate.filter(each -> why(each, now).isEmpty()).ifPresent(candidates::add);
            }
        } catch (IOException e) {
            throw new HoldfastException(ErrorCode.BAD_USAGE, folder + " is no folder that can be read: " + e, e)
                    .withHint("--latest-in takes the folder that dumps are written to");
        }
        passedOver.sort(null);
        return candidates.stream()
                .max(Comparator.comparing(Candidate::changed).thenComparing(Candidate::path))
                .map(newest -> new LatestDump(newest.path(), passedOver))
                .orElseThrow(() -> new HoldfastException(
                                ErrorCode.BAD_USAGE,
                                "no dump in " + folder
                                        + (passedOver.isEmpty() ? "" : "; " + String.join("; ", passedOver)))
                        .withHint("--file names one"));
    }

    /** Other folders may hold anything, and are looked into by nobody. */
    private static Optional<Candidate> candidate(Path file) throws IOException {
        Path what = Files.isDirectory(file) ? file.resolve(TOC) : file;
        return Files.isRegularFile(what)
                ? Optional.of(
                        new Candidate(file, Files.getLastModifiedTime(what).toInstant()))
                : Optional.empty();
    }

    private static Optional<String> why(Candidate candidate, Instant now) {
        String name = candidate.path.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.startsWith(".")) {
            return Optional.of("which is hidden");
        }
        if (UNFINISHED.stream().anyMatch(name::endsWith)) {
            return Optional.of("which by its name is not finished");
        }
        if (BESIDE.stream().anyMatch(name::endsWith)) {
            return Optional.of("which by its name is no dump");
        }
        return candidate.changed.isAfter(now.minus(SETTLED))
                ? Optional.of("which was changed just now, and may still be written")
                : Optional.empty();
    }
}
