package dev.holdfast.bench;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The folder where dumps, repositories and outputs go. It is removed on close, and also when this process is killed: a shell that waits
 * for the end of its input removes it then.
 */
final class WorkFolder implements AutoCloseable {
    private static final String WATCH = "trap '' INT TERM HUP; cat >/dev/null; rm -rf \"$1\"";

    private final Path path;
    private final boolean keep;
    private final Process watcher;

    WorkFolder(boolean keep) {
        this.keep = keep;
        try {
            this.path = Files.createTempDirectory("holdfast-bench-");
            this.watcher = new ProcessBuilder(
                            keep
                                    ? new String[] {"cat"}
                                    : new String[] {"sh", "-c", WATCH, "holdfast-bench", path.toString()})
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("making a folder to work in", e);
        }
    }

    Path path() {
        return path;
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /** Refuses when the disk has not that much room. */
    void needs(long bytes) {
        long free = path.toFile().getUsableSpace(); // a FileStore would need the list of mounts, which a chroot has not
        if (free < bytes) {
            throw new HoldfastException(
                            ErrorCode.STORE_FULL,
                            path.getParent() + " has " + Show.bytes(free) + " free; this needs " + Show.bytes(bytes))
                    .withHint("name another folder in TMPDIR, or choose a smaller --scale");
        }
    }

    /** The bytes of a file, or of all files of a folder; none when it is not there. */
    static long size(Path path) {
        if (!Files.exists(path)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(WorkFolder::length)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException("reading sizes", e);
        }
    }

    private static long length(Path file) {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0; // removed since it was listed
        } catch (IOException e) {
            throw new UncheckedIOException("reading sizes", e);
        }
    }

    /** Removes a file or a folder with all that is in it, if it is there. */
    static void remove(Path path) {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("removing " + path, e);
        }
    }

    @Override
    public void close() {
        try {
            watcher.getOutputStream().close();
            if (!watcher.waitFor(60, TimeUnit.SECONDS)) {
                watcher.destroy();
            }
        } catch (IOException e) {
            watcher.destroy(); // its input is closed either way when we end
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isKept() {
        return keep;
    }
}
