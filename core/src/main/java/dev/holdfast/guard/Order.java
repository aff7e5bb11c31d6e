package dev.holdfast.guard;

import dev.holdfast.error.Secrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command to be run, without a shell.
 *
 * @param words the program and its arguments
 * @param folder where it is started
 * @param environment all its variables
 */
public record Order(List<String> words, Path folder, Map<String, String> environment) {
    private static final int LONGEST_SHOWN = 500;
    private static final boolean IS_WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

    /** Why a program cannot be run. */
    public enum Obstacle {
        NOT_FOUND,
        NOT_EXECUTABLE
    }

    public Order {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("no command");
        }
    }

    /** The words as people may read them: without passwords, and no more of them than they would read. */
    public String shown() {
        String all = Secrets.hidden(String.join(" ", words));
        return all.length() <= LONGEST_SHOWN ? all : all.substring(0, LONGEST_SHOWN) + " ...";
    }

    /** The same for a line that a shell reads; what it prints goes where words for people go, since the answer is the command's. */
    Order line(String line) {
        List<String> shell = IS_WINDOWS ? List.of("cmd", "/c", line) : List.of("/bin/sh", "-c", "exec 1>&2\n" + line);
        return new Order(shell, folder, environment);
    }

    /** The same with variables set. */
    Order with(Map<String, String> variables) {
        var more = new HashMap<>(environment);
        more.putAll(variables);
        return new Order(words, folder, more);
    }

    /** What keeps the program from being started, found without starting it. */
    public Optional<Obstacle> obstacle() {
        String program = words.get(0);
        if (IS_WINDOWS) {
            return Optional.empty(); // how it looks for programs is its own affair
        }
        if (program.contains("/")) {
            return obstacle(folder.resolve(program));
        }
        Optional<Obstacle> found = Optional.of(Obstacle.NOT_FOUND);
        for (String place : environment.getOrDefault("PATH", "/usr/bin:/bin").split(":", -1)) {
            Optional<Obstacle> here = obstacle(folder.resolve(place).resolve(program));
            if (here.isEmpty()) {
                return here;
            }
            if (here.get() == Obstacle.NOT_EXECUTABLE) {
                found = here;
            }
        }
        return found;
    }

    private static Optional<Obstacle> obstacle(Path file) {
        if (!Files.exists(file)) {
            return Optional.of(Obstacle.NOT_FOUND);
        }
        return Files.isRegularFile(file) && Files.isExecutable(file)
                ? Optional.empty()
                : Optional.of(Obstacle.NOT_EXECUTABLE);
    }
}
