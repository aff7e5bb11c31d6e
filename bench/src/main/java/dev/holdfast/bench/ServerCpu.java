package dev.holdfast.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The processor time that a server has used since it was started: the postmaster's own, that of the children it waited for, and that
 * of the children it still has. Known where there is a {@code /proc}.
 */
final class ServerCpu {
    private static final double TICKS_PER_SECOND = 100; // what Linux shows to programs, whatever it counts in itself

    /** A child that ends while it is looked at spoils a look: its time is neither its own any more nor its parent's yet. */
    private static final int TRIES = 20;

    private ServerCpu() {}

    /**
     * @param data the server's data folder
     */
    static Optional<Double> seconds(Path data) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Double> seconds = look(data);
            if (seconds.isPresent()) {
                return seconds;
            }
        }
        return Optional.empty();
    }

    private static Optional<Double> look(Path data) {
        try (Stream<String> lines = Files.lines(data.resolve("postmaster.pid"))) {
            long postmaster = Long.parseLong(lines.findFirst().orElse("").strip());
            List<Long> own = ticks(postmaster);
            long sum = own.stream().mapToLong(Long::longValue).sum();
            try (Stream<ProcessHandle> children =
                    ProcessHandle.of(postmaster).map(ProcessHandle::children).orElse(Stream.empty())) {
                for (ProcessHandle child : children.toList()) {
                    List<Long> theirs = ticks(child.pid());
                    sum += theirs.get(0) + theirs.get(1);
                }
            }
            return Optional.of(sum / TICKS_PER_SECOND);
        } catch (IOException | NumberFormatException e) {
            return Optional.empty(); // no /proc here, or a child ended meanwhile
        }
    }

    /** User and system time, and both of the children that were waited for. */
    private static List<Long> ticks(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
        return fields.subList(11, 15).stream().map(Long::valueOf).toList();
    }
}
