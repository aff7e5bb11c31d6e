package dev.holdfast.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options that every command takes, before its name or after. */
final class GlobalOptions {
    @Option(
            scope = ScopeType.INHERIT,
            names = {"-r", "--repository"},
            paramLabel = "DIR",
            description =
                    "Where the backups are. Default: $HOLDFAST_REPOSITORY, else what the config file says, else ./"
                            + Settings.DEFAULT_REPOSITORY + ".")
    @Nullable
    String repository;

    @Option(
            scope = ScopeType.INHERIT,
            names = {"-d", "--db"},
            paramLabel = "URL",
            description =
                    "Which database: postgresql://user@host:port/name, or the name of a source in the config file."
                            + " Default: $HOLDFAST_DB, $DATABASE_URL, else the only source in the config file, else the PG*"
                            + " variables.")
    @Nullable
    String db;

    @Option(
            scope = ScopeType.INHERIT,
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Named sources and their settings. Default: $HOLDFAST_CONFIG, else holdfast.yml in this folder or"
                            + " one above it, else $XDG_CONFIG_HOME/holdfast/holdfast.yml.")
    @Nullable
    String config;

    @Option(scope = ScopeType.INHERIT, names = "--json", description = "Answer as one JSON object on standard output.")
    boolean json;

    @Option(
            scope = ScopeType.INHERIT,
            names = {"-q", "--quiet"},
            description = "No progress and no notes.")
    boolean quiet;

    @Option(
            scope = ScopeType.INHERIT,
            names = {"-v", "--verbose"},
            description = "Say more; twice: with stack traces.")
    boolean[] verbose = {};
}
