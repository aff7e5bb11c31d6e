package dev.holdfast.cli;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.Json;
import dev.holdfast.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The file that says as JSON what came of a guarded command; whole, or as it was before. */
final class GuardFile {
    private final Path file;

    private GuardFile(Path file) {
        this.file = file;
    }

    /** A file that can be written; found out before anything is run. */
    static GuardFile at(Path folder, String name) {
        try {
            Path file = folder.resolve(name);
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null && Files.isWritable(parent) && !Files.isDirectory(file)) {
                return new GuardFile(file);
            }
        } catch (InvalidPathException e) {
            throw cannotBe(name);
        }
        throw cannotBe(name);
    }

    private static HoldfastException cannotBe(String name) {
        return new HoldfastException(ErrorCode.BAD_USAGE, "--report " + name + ": such a file cannot be written")
                .withHint("name a file in a folder that is there");
    }

    /** Writes it; false when that failed, which is said. */
    boolean write(JsonObject json, Context context) {
        Path draft = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid());
        try {
            Files.deleteIfExists(draft);
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) { // it has rows of tables
                Files.createFile(
                        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.writeString(draft, Json.prettyText(json) + "\n");
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (IOException e) {
            context.say("warning: the report could not be written: " + e.getMessage());
            remove(draft);
            return false;
        }
    }

    private static void remove(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            return; // where it could not be written it may not be removed, either
        }
    }
}
