package dev.holdfast.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** The program as its launcher script starts it, on a terminal or without one. A copy of the script, with what has been compiled. */
public final class Launched {
    private final Path script;
    private final Map<String, String> environment;

    /**
     * @param folder an empty one
     * @param main the class that is started
     */
    public Launched(Path folder, Class<?> main, Map<String, String> environment) {
        this.script = folder.resolve("holdfast");
        this.environment = new HashMap<>(Map.of("PATH", System.getenv("PATH")));
        this.environment.putAll(environment);
        this.environment.put("JAVA_HOME", System.getProperty("java.home"));
        try {
            Files.createDirectories(folder);
            Files.copy(Path.of("..", "holdfast"), script);
            Path target = Files.createDirectories(folder.resolve("cli").resolve("target"));
            var manifest = new Manifest();
            manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
            manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main.getName());
            manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath());
            new JarOutputStream(Files.newOutputStream(target.resolve("holdfast.jar")), manifest).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(":", -1))
                .map(each -> Path.of(each).toUri().toString())
                .collect(Collectors.joining(" "));
    }

    /** Runs it with something on standard input that is no terminal. */
    public Ran piped(String input, String... arguments) {
        return run("printf '%s' \"$0\" | \"$@\"", input, arguments);
    }

    /** Runs it where a person types; both of its outputs come back as one. */
    public Ran typed(String keys, String... arguments) {
        return run("printf '%s' \"$0\" | { shift; script -qec \"\\\"\\$SCRIPT\\\" $*\" /dev/null; }", keys, arguments);
    }

    private Ran run(String shell, String input, String... arguments) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", shell, input, script.toString()));
        command.addAll(List.of(arguments));
        var all = new HashMap<>(environment);
        all.put("SCRIPT", script.toString());
        try {
            return Child.start(command, all).await();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
