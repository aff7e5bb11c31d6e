package dev.holdfast.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The machine that was measured on, as far as it explains figures.
 *
 * @param load how many processes wanted a processor in the minute before
 */
record Machine(String system, String processor, int processors, Optional<Long> memoryBytes, double load) {
    private static final double BUSY = 0.25;

    static Machine look() {
        return new Machine(
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                line("/proc/cpuinfo", "model name").orElse("processor not known"),
                Runtime.getRuntime().availableProcessors(),
                line("/proc/meminfo", "MemTotal").map(Machine::kibibytes),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** What stands behind a name and a colon in a file, if it is there. */
    private static Optional<String> line(String file, String name) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty(); // another system than Linux
        }
    }

    private static long kibibytes(String words) {
        return Long.parseLong(words.replace("kB", "").strip()) * 1024;
    }

    /** Somebody else was working here when the measuring began. */
    boolean isBusy() {
        return load > BUSY * processors;
    }

    String words() {
        return processors + " x " + processor + ", "
                + memoryBytes.map(Show::mebibytes).orElse("unknown") + " memory, " + system
                + String.format(Locale.ROOT, ", load %.2f at the start", load);
    }

    /** A program of the Java that runs this; Holdfast runs on it, too. */
    static String java(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    static String javaVersion() {
        return System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version");
    }
}
