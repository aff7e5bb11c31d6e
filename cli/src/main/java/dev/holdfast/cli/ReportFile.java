package dev.holdfast.cli;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** A file that a command writes at its end, for people and programs elsewhere: whole, or left as it was before. */
final class ReportFile {
    private static final FileAttribute<?>[] FOR_ALL = {};

    private final Path file;
    private final FileAttribute<?>[] rights;

    private ReportFile(Path file, FileAttribute<?>[] rights) {
        this.file = file;
        this.rights = rights;
    }

    /**
     * A file that can be written, which is tried at once: what takes an hour must not end without its report.
     *
     * @param option by which it was named, for messages
     */
    static ReportFile at(Path folder, String option, String name) {
        return at(folder, option, name, FOR_ALL);
    }

    /** One that nobody else may read, where files have rights. */
    static ReportFile ofOwnerOnly(Path folder, String option, String name) {
        boolean haveRights =
                folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        return at(folder, option, name, haveRights ? ownerOnly() : FOR_ALL);
    }

    private static FileAttribute<?>[] ownerOnly() {
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        };
    }

    private static ReportFile at(Path folder, String option, String name, FileAttribute<?>[] rights) {
        try {
            Path file = folder.resolve(name).toAbsolutePath().normalize();
            obstacle(file).ifPresent(why -> {
                throw cannotBe(option, name, why);
            });
            var report = new ReportFile(Files.exists(file) ? file.toRealPath() : file, rights);
            Files.delete(report.draft());
            return report;
        } catch (IOException e) {
            throw cannotBe(option, name, reason(e));
        } catch (InvalidPathException e) {
            throw cannotBe(option, name, "that is no name of a file");
        }
    }

    /** A device or a pipe would be replaced by a file. */
    private static Optional<String> obstacle(Path file) {
        Path parent = file.getParent();
        if (parent == null || Files.isDirectory(file)) {
            return Optional.of("that is a folder");
        }
        if (!Files.isDirectory(parent)) {
            return Optional.of("there is no folder " + parent);
        }
        return Files.exists(file) && !Files.isRegularFile(file)
                ? Optional.of("that is no regular file")
                : Optional.empty();
    }

    private static HoldfastException cannotBe(String option, String name, String why) {
        return new HoldfastException(ErrorCode.BAD_USAGE, option + " " + name + " cannot be written: " + why)
                .withHint(
                        "name a file in a folder that is there and can be written to; one that is there is overwritten");
    }

    boolean isSameAs(ReportFile other) {
        return file.equals(other.file);
    }

    /** Writes it; false when that failed, which is said. */
    boolean write(byte[] content, Context context) {
        try {
            Path draft = draft();
            try {
                Files.write(draft, content);
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                Files.deleteIfExists(draft);
                throw e;
            }
            return true;
        } catch (IOException e) {
            context.say("warning: " + Words.plain(file.toString()) + " could not be written: " + reason(e));
            return false;
        }
    }

    /** A new empty file beside it. */
    private Path draft() throws IOException {
        Path draft = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid());
        Files.deleteIfExists(draft);
        return Files.createFile(draft, rights);
    }

    /** Java's own message is at times the file's name, and nothing else. */
    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "its folder is gone";
        }
        return e instanceof FileSystemException known && known.getReason() != null
                ? known.getReason()
                : String.valueOf(e.getMessage());
    }
}
