package dev.holdfast.postgres;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.run.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The program {@code docker}, or one that is called so and understands the same. */
final class Docker {
    /** Where the engine is, which a person may have said. */
    private static final Set<String> HANDED_ON = Set.of(
            "DOCKER_HOST",
            "DOCKER_CONTEXT",
            "DOCKER_CONFIG",
            "DOCKER_CERT_PATH",
            "DOCKER_TLS_VERIFY",
            "XDG_RUNTIME_DIR");

    private final Map<String, String> variables = new HashMap<>();
    private final Run run;

    Docker(Map<String, String> environment, Run run) {
        this.run = run;
        HANDED_ON.stream()
                .filter(environment::containsKey)
                .forEach(variable -> variables.put(variable, environment.get(variable)));
    }

    /** Why it does not work here; empty when it does. */
    Optional<String> trouble() {
        ChildProcess.Result result = run(Map.of(), "version", "--format", "{{.Server.Version}}");
        return result.exitCode() == 0 ? Optional.empty() : Optional.of(result.reason());
    }

    boolean hasImage(String image) {
        return run(Map.of(), "image", "inspect", image).exitCode() == 0;
    }

    boolean isRunning(String container) {
        ChildProcess.Result result = run(Map.of(), "inspect", "--format", "{{.State.Running}}", container);
        return result.outputText().strip().equals("true");
    }

    /** Why a container has ended, of its last lines; an engine that is not PostgreSQL's says it in the last one. */
    String lastWords(String container) {
        ChildProcess.Result result = run(Map.of(), "logs", "--tail", "10", container);
        var said =
                new ChildProcess.Result(result.exitCode(), new byte[0], result.outputText() + "\n" + result.errors());
        return said.reason();
    }

    /** What it says; any exit code but 0 is an error. */
    String ask(String doing, Map<String, String> more, String... arguments) {
        ChildProcess.Result result = run(more, arguments);
        if (result.exitCode() != 0) {
            throw new HoldfastException(ErrorCode.UNSUPPORTED, doing + ": " + result.reason())
                    .withHint("--sandbox local needs no container, but PostgreSQL's server programs on this machine");
        }
        return result.outputText().strip();
    }

    /** Removes a container; one that is gone is no trouble. */
    void remove(String container) {
        ChildProcess.run(command("rm", "--force", "--volumes", container), variables);
    }

    /** A shell that removes a container once its input ends, so that it goes with this process, whatever ends that. */
    Process removerOf(String container) {
        var builder = new ProcessBuilder(
                "sh",
                "-c",
                "read -r word && [ \"$word\" = keep ] || docker rm --force --volumes \"$1\" >/dev/null 2>&1",
                "holdfast-sandbox",
                container);
        builder.environment().keySet().removeIf(variable -> !ChildProcess.HANDED_ON.contains(variable));
        builder.environment().putAll(variables);
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            return builder.start();
        } catch (java.io.IOException e) {
            remove(container);
            throw new HoldfastException(ErrorCode.PROGRAM_FAILED, "starting a shell: " + e.getMessage(), e);
        }
    }

    private ChildProcess.Result run(Map<String, String> more, String... arguments) {
        var all = new HashMap<>(variables);
        all.putAll(more);
        try (ChildProcess child = ChildProcess.start(command(arguments), all)) {
            return child.await(run);
        }
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        return command;
    }
}
