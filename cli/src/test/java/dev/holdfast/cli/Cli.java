package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.run.RunListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The program as tests call it: in this process, which is quick, or as a process of its own, which can be killed.
 *
 * @param folder where it is started when it is no process of its own
 */
public record Cli(Map<String, String> environment, Path folder) {
    public Cli {
        environment = Map.copyOf(environment);
    }

    /** The program started where nothing else is. */
    public Cli(Map<String, String> environment) {
        this(environment, Path.of("/"));
    }

    /** The program as a person calls it who has set the variables for one database and one repository. */
    public static Cli of(TestDatabase database, Path repository) {
        var environment = new HashMap<>(database.server().environment());
        environment.put("HOLDFAST_DB", database.url());
        environment.put("HOLDFAST_REPOSITORY", repository.toString());
        environment.put("HOME", repository.toString());
        return new Cli(environment);
    }

    /** The same with a variable set. */
    public Cli with(String variable, String value) {
        var more = new HashMap<>(environment);
        more.put(variable, value);
        return new Cli(more, folder);
    }

    /** The same, started in another folder. */
    public Cli in(Path other) {
        return new Cli(environment, other);
    }

    /** Runs a command in this process. */
    public Ran run(String... arguments) {
        return run(RunListener.SILENT, arguments);
    }

    /** Runs a command in this process, watched. */
    public Ran run(RunListener watcher, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal = new Terminal(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false);
        int exit = new Program(environment, folder, terminal, watcher).run(arguments);
        return new Ran(exit, out.toString(UTF_8), err.toString(UTF_8));
    }

    /** The ids of the safety backups that are listed. */
    public List<String> safetyBackups() {
        return run("list", "--json").well().json().objects("backups", each -> each).stream()
                .filter(each -> each.string("kind").equals("safety"))
                .map(each -> each.string("id"))
                .toList();
    }

    /**
     * Starts a command as a process of its own.
     *
     * @param at what happens at which step, as {@link AtStep} reads it; empty for nothing
     */
    public Child start(String at, String... arguments) {
        return start(List.of(), at, arguments);
    }

    /** Starts a command on what it takes for a terminal, on which somebody has typed something already. */
    public Child startTyped(String typed, String... arguments) {
        try {
            Path input = Files.writeString(Files.createTempFile("holdfast-typed", ""), typed);
            List<String> through = List.of("sh", "-c", "exec \"$@\" < '" + input + "'", "sh");
            return with("HOLDFAST_STDIN_TTY", "1").start(through, "", arguments);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a command as somebody whom the rights of files bind, as they do not bind root. */
    public Child startUnprivileged(String... arguments) {
        String rights = "-dac_override,-dac_read_search";
        boolean root = System.getProperty("user.name", "").equals("root");
        return start(
                root ? List.of("setpriv", "--bounding-set=" + rights, "--inh-caps=" + rights) : List.of(),
                "",
                arguments);
    }

    private Child start(List<String> through, String at, String... arguments) {
        return start(through, MappedClasses.options(), at, arguments);
    }

    /**
     * Starts it with something around it.
     *
     * @param through the words before those of the program
     * @param options of Java: at least where the classes are
     */
    Child start(List<String> through, List<String> options, String at, String... arguments) {
        List<String> command = new ArrayList<>(through);
        command.addAll(List.of(
                "env",
                "--default-signal=INT", // whoever runs the tests in the background ignores it
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:CompileThresholdScaling=4", // as in the launcher
                "-Xmx256m",
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                "-Dholdfast.test.at=" + at));
        command.addAll(options);
        Stream.of(environment.getOrDefault("HOLDFAST_JAVA_OPTIONS", "").split(" ", -1))
                .filter(option -> !option.isEmpty())
                .forEach(command::add);
        command.add(TestMain.class.getName());
        command.addAll(List.of(arguments));
        try {
            return Child.start(command, environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
