package dev.holdfast.guard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A process and all that it started. Those whose parents are gone are known by a variable that they inherited, where the system shows it
 * (Linux), and else by having been seen while their parents were there. Safe for several threads.
 */
final class Descendants {
    static final String MARK = "HOLDFAST_GUARD_RUN";
    private static final int LOOKS = 30;
    private static final long LOOK_EVERY_MILLIS = 100;
    private static final Path PROCESSES = Path.of("/proc");

    private final Process process;
    private final String mark;
    private final Set<ProcessHandle> seen = new HashSet<>();

    Descendants(Process process, String mark) {
        this.process = process;
        this.mark = MARK + "=" + mark;
    }

    /** Notes those that are there now. */
    synchronized void look() {
        process.descendants().forEach(seen::add);
    }

    /** Those that run, but for the process itself. */
    synchronized List<ProcessHandle> living() {
        look();
        marked().forEach(seen::add);
        return seen.stream().filter(Descendants::isAtWork).toList();
    }

    /** One that has ended and that nobody asks for its code, as it is where the first process of a container is no init, counts as ended. */
    private static boolean isAtWork(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            String stat = Files.readString(PROCESSES.resolve(process.pid() + "/stat"), ISO_8859_1);
            return !stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
        } catch (IOException e) {
            return process.isAlive(); // not every system shows it
        }
    }

    private List<ProcessHandle> marked() {
        List<ProcessHandle> marked = new ArrayList<>();
        try (Stream<Path> folders = Files.list(PROCESSES)) {
            folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.matches("[0-9]+"))
                    .map(Long::valueOf)
                    .filter(pid -> pid != process.pid() && isMarked(pid))
                    .forEach(pid -> ProcessHandle.of(pid).ifPresent(marked::add));
        } catch (IOException e) {
            return marked; // not every system shows its processes
        }
        return marked;
    }

    private boolean isMarked(long pid) {
        try {
            Path file = PROCESSES.resolve(pid + "/environ");
            return List.of(new String(Files.readAllBytes(file), ISO_8859_1).split("\0", -1))
                    .contains(mark);
        } catch (IOException e) {
            return false; // it is gone, or somebody else's
        }
    }

    /** To all of them at once, as a terminal does it; the process itself first, or it would go on without the others. */
    void signal(String name) {
        List<ProcessHandle> all = new ArrayList<>(List.of(process.toHandle()));
        all.addAll(living());
        List<String> kill = new ArrayList<>(List.of("kill", "-" + name));
        all.stream().filter(ProcessHandle::isAlive).forEach(each -> kill.add(String.valueOf(each.pid())));
        try {
            new ProcessBuilder(kill).start().waitFor();
        } catch (IOException e) {
            all.forEach(ProcessHandle::destroy); // where there is no such program
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends those that run: asked first, forced when they do not. Says which would not. */
    List<String> end() {
        living().forEach(ProcessHandle::destroy);
        for (int i = 0; i < LOOKS && !living().isEmpty(); i++) {
            pause();
        }
        living().forEach(ProcessHandle::destroyForcibly);
        for (int i = 0; i < LOOKS && !living().isEmpty(); i++) {
            pause();
        }
        return named(living());
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_EVERY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HoldfastException(ErrorCode.INTERRUPTED, "interrupted", e);
        }
    }

    /** Them for people. */
    static List<String> named(List<ProcessHandle> processes) {
        return processes.stream()
                .map(each -> "process " + each.pid()
                        + each.info()
                                .command()
                                .map(command -> " (" + Path.of(command).getFileName() + ")")
                                .orElse(""))
                .toList();
    }
}
