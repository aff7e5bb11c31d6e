package dev.holdfast.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A small file system in memory, mounted for one test: a disk that is soon full, or read-only. Close unmounts it. */
public final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /**
     * Mounts one on an empty folder; empty, and printed as not tested, where we may not mount.
     *
     * @param size as {@code mount} spells it: {@code 1m}
     */
    public static Optional<SmallDisk> mount(Path folder, String size, String whatIsTested) {
        var mounted = Programs.run(List.of("mount", "-t", "tmpfs", "-o", "size=" + size, "holdfast-test", "" + folder));
        if (mounted.exit() != 0) {
            Seeds.print("NOT TESTED, since mounting is not possible here: " + whatIsTested);
            return Optional.empty();
        }
        return Optional.of(new SmallDisk(folder));
    }

    /** From now on nothing can be written. */
    public void makeReadOnly() {
        must(List.of("mount", "-o", "remount,ro", "" + folder));
    }

    public Path folder() {
        return folder;
    }

    @Override
    public void close() {
        must(List.of("umount", "" + folder));
    }

    private static void must(List<String> command) {
        var result = Programs.run(command);
        if (result.exit() != 0) {
            throw new IllegalStateException(command + ": " + result.errors());
        }
    }
}
