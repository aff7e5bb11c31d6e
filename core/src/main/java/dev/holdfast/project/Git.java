package dev.holdfast.project;

import dev.holdfast.project.VersionControl.Reason;
import dev.holdfast.project.VersionControl.Unknown;
import dev.holdfast.project.VersionControl.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Asks git which branch and commit a folder is at. Writes nothing, asks nobody, runs no program that the repository names, and never waits
 * long.
 */
final class Git {
    private static final Duration LIMIT = Duration.ofSeconds(3);
    /** What git needs of our environment; everything else may hold a secret that is none of its own. */
    private static final Set<String> HANDED_ON = Set.of(
            "PATH",
            "HOME",
            "XDG_CONFIG_HOME",
            "USER",
            "LOGNAME",
            "SUDO_UID",
            "TMPDIR",
            "LD_LIBRARY_PATH",
            "GIT_EXEC_PATH",
            "GIT_CEILING_DIRECTORIES",
            "GIT_DISCOVERY_ACROSS_FILESYSTEM");

    private static final Map<String, String> QUIET = Map.of(
            "LC_ALL", "C", // its errors are told apart by their words
            "GIT_OPTIONAL_LOCKS", "0",
            "GIT_TERMINAL_PROMPT", "0",
            "GIT_NO_LAZY_FETCH", "1",
            "GIT_ALLOW_PROTOCOL", ""); // beyond protocol.allow, which a repository may overrule
    private static final List<String> HARMLESS =
            List.of("--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null");
    /** Settings that name programs which git runs, or has run, on the content of files that it compares. */
    private static final String FILTERS = "^(filter|lfs\\.extension)\\..*\\.(clean|process)$";

    private static final String SUBMODULES = "^submodule\\..*\\.(url|active)$";
    private static final Pattern OF_THE_REPOSITORY = Pattern.compile("(local|worktree)\\s.*");
    private static final int NO_SUCH_SETTING = 1;
    /** Of a git so old that it does not tell whose a setting is. */
    private static final int USAGE = 129;

    private final Map<String, String> environment;
    private final Path folder;
    private final Duration limit;

    Git(Map<String, String> environment, Path folder) {
        this(environment, folder, LIMIT);
    }

    /**
     * @param limit how long one question to git may take
     */
    Git(Map<String, String> environment, Path folder, Duration limit) {
        this.environment = environment;
        this.folder = folder;
        this.limit = limit;
    }

    VersionControl look() {
        if (!Files.isDirectory(folder)) {
            return Unknown.because(Reason.NO_FOLDER);
        }
        Optional<Path> program = program();
        if (program.isEmpty()) {
            return Unknown.because(Reason.NO_GIT);
        }
        try {
            Optional<ShortProgram.Answer> filters = settings(program.get(), FILTERS);
            return filters.isEmpty() ? Unknown.because(Reason.NO_ANSWER) : look(program.get(), filters.get());
        } catch (IOException e) {
            return new Unknown(Reason.FAILED, Optional.of(PlainText.of(String.valueOf(e.getMessage()))));
        }
    }

    private Optional<ShortProgram.Answer> settings(Path program, String names) throws IOException {
        return ask(program, "config", "--show-scope", "--name-only", "--get-regexp", names);
    }

    private static boolean areOfTheRepository(ShortProgram.Answer settings) {
        return settings.output().lines().anyMatch(OF_THE_REPOSITORY.asMatchPredicate());
    }

    /** Files are compared only where no filter was named by the repository itself, since whoever made it may be a stranger. */
    private VersionControl look(Path program, ShortProgram.Answer filters) throws IOException {
        if (filters.exitCode() == USAGE || areOfTheRepository(filters)) {
            return withoutLookingAtFiles(program);
        }
        boolean asked = filters.exitCode() == 0 || filters.exitCode() == NO_SUCH_SETTING;
        return asked ? lookingAtFiles(program) : unknown(filters);
    }

    private VersionControl lookingAtFiles(Path program) throws IOException {
        Optional<ShortProgram.Answer> status = ask(
                program,
                "status",
                "--porcelain=v2",
                "--branch",
                "--no-ahead-behind",
                "--untracked-files=normal",
                "--ignore-submodules=dirty");
        if (status.isEmpty()) {
            return withoutLookingAtFiles(program);
        }
        if (status.get().exitCode() != 0) {
            return unknown(status.get());
        }
        WorkTree tree = workTree(status.get().output());
        boolean dirty = tree.dirty().orElse(false);
        return dirty || !hasSubmodules(program) ? tree : new WorkTree(tree.branch(), tree.commit(), Optional.empty());
    }

    /** What is changed inside of submodules is not asked for, and so not known: each has filters of its own. */
    private boolean hasSubmodules(Path program) throws IOException {
        return settings(program, SUBMODULES)
                .filter(answer -> !areOfTheRepository(answer))
                .isEmpty();
    }

    /** Found by ourselves: in absolute folders alone, so that no program of the folder that we look at is run. */
    private Optional<Path> program() {
        return Stream.of(environment.getOrDefault("PATH", "").split(":", -1))
                .filter(each -> each.startsWith("/") && each.indexOf(0) < 0)
                .map(each -> Path.of(each, "git"))
                .filter(program -> Files.isRegularFile(program) && Files.isExecutable(program))
                .findFirst();
    }

    private Optional<ShortProgram.Answer> ask(Path program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(HARMLESS);
        command.addAll(List.of(arguments));
        var variables = new HashMap<>(environment);
        variables.keySet().removeIf(name -> !HANDED_ON.contains(name) && !name.startsWith("GIT_CONFIG"));
        variables.putAll(QUIET);
        return ShortProgram.ask(command, variables, folder, limit);
    }

    private static WorkTree workTree(String status) {
        List<String> lines = status.lines().toList();
        return new WorkTree(
                header(lines, "# branch.head ").filter(branch -> !branch.equals("(detached)")),
                header(lines, "# branch.oid ").filter(commit -> !commit.equals("(initial)")),
                Optional.of(lines.stream().anyMatch(line -> !line.startsWith("#"))));
    }

    private static Optional<String> header(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> PlainText.of(line.substring(name.length())))
                .findFirst();
    }

    /** In a work tree that has filters of its own, or is so large, branch and commit can still be had. */
    private VersionControl withoutLookingAtFiles(Path program) throws IOException {
        Optional<String> branch = line(ask(program, "symbolic-ref", "--quiet", "--short", "HEAD"));
        Optional<String> commit = line(ask(program, "rev-parse", "--quiet", "--verify", "HEAD"));
        return branch.isEmpty() && commit.isEmpty()
                ? Unknown.because(Reason.NO_ANSWER)
                : new WorkTree(branch, commit, Optional.empty());
    }

    private static Optional<String> line(Optional<ShortProgram.Answer> answer) {
        return answer.filter(given -> given.exitCode() == 0)
                .map(given -> PlainText.of(given.output()))
                .filter(line -> !line.isEmpty());
    }

    private static Unknown unknown(ShortProgram.Answer answer) {
        String said = answer.errors();
        if (said.contains("dubious ownership")) {
            return Unknown.because(Reason.NOT_TRUSTED);
        }
        if (said.contains("must be run in a work tree")) {
            return Unknown.because(Reason.NO_WORK_TREE);
        }
        if (said.contains("not a git repository (or any")) {
            return Unknown.because(Reason.NO_REPOSITORY);
        }
        String first = said.lines().findFirst().orElse("exit code " + answer.exitCode());
        return new Unknown(Reason.FAILED, Optional.of(PlainText.of(first)));
    }
}
