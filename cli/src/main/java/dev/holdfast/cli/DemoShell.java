package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.run.RunListener;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints each command of the demo and runs that very command. */
final class DemoShell {
    private final Context context;
    private final Path programs;
    private final Map<String, String> environment;

    DemoShell(Context context, Path programs, Path folder, int port) {
        this.context = context;
        this.programs = programs;
        this.environment = new HashMap<>(context.environment());
        environment.keySet().removeIf(name -> name.startsWith("PG") || name.equals("DATABASE_URL"));
        Map<String, String> settings = Map.of(
                "PGHOST",
                "127.0.0.1",
                "PGPORT",
                String.valueOf(port),
                "PGUSER",
                "postgres",
                "DATABASE_URL",
                "postgresql:///shop",
                "HOLDFAST_REPOSITORY",
                folder.resolve("backups").toString(),
                "HOLDFAST_POSTGRES_BIN",
                programs.toString());
        environment.putAll(settings);
        environment.remove("HOLDFAST_DB");
        environment.remove("HOLDFAST_CONFIG");
        environment.put("PGDATABASE", "shop");
        environment.merge("PATH", programs.toString(), (own, ours) -> ours + File.pathSeparator + own);
        List.of("PGHOST", "PGPORT", "PGUSER", "DATABASE_URL", "HOLDFAST_REPOSITORY", "HOLDFAST_POSTGRES_BIN")
                .forEach(name -> out("$ export " + name + "=" + settings.get(name)));
    }

    private void out(String line) {
        context.terminal().out().println(line);
    }

    /** Shows a file as a person would look at it. */
    void print(Path file, String text) {
        out("$ cat " + words(List.of(file.toString())));
        context.terminal().out().print(text);
    }

    /** Runs one of our own commands in this process. */
    void holdfast(String... arguments) {
        holdfast(ExitCode.DONE, arguments);
    }

    /** One that is to end with that code. */
    void holdfast(int expected, String... arguments) {
        out("$ holdfast " + words(List.of(arguments)));
        var terminal = new Terminal(context.terminal().out(), context.terminal().out(), false);
        int code = new Program(environment, context.folder(), terminal, RunListener.SILENT).run(arguments);
        context.terminal().out().flush();
        if (code != expected) {
            throw new HoldfastException(ErrorCode.PROGRAM_FAILED, "holdfast " + arguments[0] + " ended with " + code);
        }
    }

    /** Runs one of PostgreSQL's programs; returns what it printed. */
    String program(String name, String... arguments) {
        out("$ " + name + " " + words(List.of(arguments)));
        List<String> command = new ArrayList<>();
        command.add(programs.resolve(name).toString());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
            context.terminal().out().print(printed);
            int code = process.waitFor();
            if (code != 0) {
                throw new HoldfastException(ErrorCode.PROGRAM_FAILED, name + " ended with " + code);
            }
            return printed;
        } catch (IOException e) {
            throw new HoldfastException(ErrorCode.PROGRAM_FAILED, name + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HoldfastException(ErrorCode.INTERRUPTED, "interrupted", e);
        }
    }

    /** As a person would type it. */
    private static String words(List<String> arguments) {
        return arguments.stream()
                .map(word -> word.matches("[A-Za-z0-9_./=:-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }
}
