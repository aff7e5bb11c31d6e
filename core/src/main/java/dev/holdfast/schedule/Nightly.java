package dev.holdfast.schedule;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is to happen by itself: a backup of a source, and a drill of its newest backup.
 *
 * @param source its name, of which files get theirs
 * @param config what names the source; empty when a URL says which database
 * @param variables which the config file wants to be set
 */
public record Nightly(
        String source, Cron backup, Cron drill, Optional<Config> config, Set<String> variables, Here here) {
    /**
     * The config file that names the source.
     *
     * @param inProject its path from the top of the project, where it stands in one
     */
    public record Config(Path file, Optional<String> inProject) {}

    /**
     * How this machine runs it.
     *
     * @param program the words that start Holdfast
     * @param folder where it is started
     * @param options that say which config file, database and repository
     * @param environment variables that it needs
     * @param state where logs and reports go
     */
    public record Here(
            List<String> program,
            Path folder,
            List<String> options,
            Map<String, String> environment,
            Path state,
            Who who) {}

    /**
     * Who runs it, and by which clock.
     *
     * @param user by the name of this machine
     * @param zone in which the times are meant
     */
    public record Who(String user, String zone) {}

    public Nightly {
        variables = Set.copyOf(variables);
        Stream.of(
                        here.program.stream(),
                        here.options.stream(),
                        here.environment.values().stream(),
                        Stream.of(here.folder.toString(), here.state.toString(), here.who.user))
                .flatMap(each -> each)
                .filter(word -> word.chars().anyMatch(Character::isISOControl))
                .findFirst()
                .ifPresent(word -> {
                    throw new HoldfastException(
                                    ErrorCode.BAD_USAGE, "a name with a line end or control character: '" + word + "'")
                            .withHint("such a name cannot stand in the files of a scheduler; rename it");
                });
    }

    /** The command that takes the backup. */
    List<String> backupCommand() {
        return command(List.of("backup", "--quiet", "--kind", "scheduled"));
    }

    /** The command that makes the drill. */
    List<String> drillCommand() {
        return command(List.of(
                "drill",
                "latest",
                "--quiet",
                "--html",
                report("html").toString(),
                "--junit",
                report("xml").toString()));
    }

    private List<String> command(List<String> words) {
        List<String> command = new ArrayList<>(here.program);
        command.addAll(words);
        command.addAll(here.options);
        return command;
    }

    private Path report(String ending) {
        return here.state.resolve(source + "-drill." + ending);
    }
}
