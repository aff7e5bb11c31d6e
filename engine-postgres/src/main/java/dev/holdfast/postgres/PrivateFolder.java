package dev.holdfast.postgres;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.run.ThisHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A temporary folder that nobody else may read. Its name tells the process that made it,
 * {@code holdfast-<what>-<pid>-<where>-<number>}, so that the next one made for the same purpose removes those whose process was killed.
 * Close removes it.
 */
public final class PrivateFolder implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("holdfast-[a-z]+-(\\d{1,18})-(.+)-\\d+");

    private final Path path;

    /**
     * Makes one.
     *
     * @param what it is for: a word of lower-case letters
     */
    public PrivateFolder(String what) {
        try {
            path = Files.createTempDirectory(
                    beginning(what, ProcessHandle.current().pid()), rights("rwx------"));
            removeLeftBehind(what);
        } catch (IOException e) {
            throw new HoldfastException(ErrorCode.STORE_FAILED, "making a temporary folder: " + e.getMessage(), e);
        }
    }

    /** How the name of a folder begins that a process of this host made. */
    static String beginning(String what, long pid) {
        return "holdfast-" + what + "-" + pid + "-" + where() + "-";
    }

    /** In what a pid means a process: a host and, on Linux, the name space of pids, which each container has to itself. */
    private static String where() {
        return ThisHost.name().replaceAll("[^A-Za-z0-9.]+", "_") + pidNameSpace();
    }

    private static String pidNameSpace() {
        try {
            String space = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            return "." + space.replaceAll("\\D+", "");
        } catch (IOException | UnsupportedOperationException e) {
            return ""; // elsewhere there is one for the whole host
        }
    }

    static FileAttribute<?>[] rights(String rights) {
        return Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))}
                : new FileAttribute<?>[0];
    }

    /** Another one may look at the same time, or have no right to; whatever stays is looked at again next time. */
    private void removeLeftBehind(String what) {
        try {
            for (Path other : leftBehind(path.resolveSibling(""), what)) {
                if (Files.getOwner(other, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(path))) {
                    remove(other);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            return; // the next one tries again
        }
    }

    /** The folders made for a purpose by processes of this host that are gone, whoever owns them. */
    static List<Path> leftBehind(Path among, String what) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> others = Files.newDirectoryStream(among, "holdfast-" + what + "-*")) {
            for (Path other : others) {
                if (isLeftBehind(other)) {
                    found.add(other);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    private static boolean isLeftBehind(Path other) {
        return isOfGoneProcess(other.getFileName().toString()) && Files.isDirectory(other, LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether a name, made of {@link #beginning} and a number, tells a process of this host that is gone. */
    static boolean isOfGoneProcess(String text) {
        Matcher name = NAME.matcher(text);
        return name.matches()
                && name.group(2).equals(where())
                && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
    }

    static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            remove(path);
        } catch (IOException | UncheckedIOException e) {
            throw new HoldfastException(ErrorCode.STORE_FAILED, "removing " + path + ": " + e.getMessage(), e);
        }
    }
}
