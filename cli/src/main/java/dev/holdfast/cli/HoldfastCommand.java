package dev.holdfast.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program's own command: it holds the subcommands. */
@Command(
        name = "holdfast",
        description = "A safety net for databases: verified backups, and restores that are shown to be equal.",
        mixinStandardHelpOptions = true,
        versionProvider = HoldfastCommand.Version.class,
        footer = {
            "",
            "Exit codes: 0 done, or yes; 1 the answer is no; 2 not done, the databases are untouched; 3 failed midway and"
                    + " all was put back; 4 failed and could not be put back; 5 another run holds it; 130, 143"
                    + " interrupted and put back."
        })
final class HoldfastCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given");
    }

    /** The version that the jar was built as. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Version.class.getPackage().getImplementationVersion();
            return new String[] {"holdfast " + (version == null ? "(not packaged)" : version)};
        }
    }
}
