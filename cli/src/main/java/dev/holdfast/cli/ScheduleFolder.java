package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.schedule.Scheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes the files of a scheduler into a folder; a file that says something else is somebody's work, and stays. */
final class ScheduleFolder {
    private ScheduleFolder() {}

    /** Writes all of them or none; returns what was done with each. */
    static List<String> write(Path folder, List<Scheduler.File> files) {
        try {
            Files.createDirectories(folder);
            List<Scheduler.File> missing = new ArrayList<>();
            List<String> done = new ArrayList<>();
            for (Scheduler.File file : files) {
                Path path = folder.resolve(file.name());
                if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
                    missing.add(file);
                    done.add("wrote " + path);
                } else if (isSame(path, file)) {
                    done.add("is there already: " + path);
                } else {
                    throw new HoldfastException(ErrorCode.ALREADY_EXISTS, path + " is there and says something else")
                            .withHint("look at it, and remove it or choose another folder for --to");
                }
            }
            for (Scheduler.File file : missing) {
                Path draft = Files.createTempFile(folder, ".holdfast-", "");
                Files.writeString(draft, file.text());
                Files.createLink(folder.resolve(file.name()), draft); // whoever made it just now keeps it
                Files.delete(draft);
            }
            return done;
        } catch (IOException e) {
            throw new HoldfastException(
                            ErrorCode.BAD_USAGE,
                            "the files cannot be written to " + folder
                                    + (Files.isDirectory(folder) ? ": " + e.getMessage() : ", which is no folder"),
                            e)
                    .withHint("name another folder with --to");
        }
    }

    private static boolean isSame(Path path, Scheduler.File file) throws IOException {
        return Files.isRegularFile(path)
                && Files.size(path) == file.text().getBytes(UTF_8).length
                && Files.readString(path).equals(file.text());
    }
}
