package dev.holdfast.bench;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Holdfast as its users start it: by the launcher at the root of the project, else by the jar. */
record HoldfastProgram(List<String> command) {
    static HoldfastProgram find(Path root, String java) {
        Path launcher = root.resolve("holdfast");
        if (Files.isExecutable(launcher) && !Files.isDirectory(launcher)) {
            return new HoldfastProgram(List.of(launcher.toString()));
        }
        Path jar = root.resolve("cli").resolve("target").resolve("holdfast.jar");
        if (!Files.exists(jar)) {
            throw new HoldfastException(ErrorCode.PROGRAM_MISSING, jar + " is not there")
                    .withHint("build it: bench/run does, unless --no-build is given");
        }
        return new HoldfastProgram(List.of(java, "-jar", jar.toString()));
    }

    /** How it is started, without the folders of this machine. */
    String words() {
        return command.size() == 1 ? "./holdfast" : "java -jar holdfast.jar";
    }

    List<String> with(String... arguments) {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of(arguments));
        return whole;
    }

    /** A command on a repository and a database. */
    List<String> on(Path repository, String url, List<String> arguments) {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(arguments);
        whole.addAll(List.of("--quiet", "--repository", repository.toString(), "--db", url));
        return whole;
    }
}
