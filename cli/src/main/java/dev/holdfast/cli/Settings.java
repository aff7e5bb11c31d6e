package dev.holdfast.cli;

import dev.holdfast.config.Config;
import dev.holdfast.config.ConfigPlace;
import dev.holdfast.config.SourceSettings;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.postgres.PostgresEngine;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which database and which repository are meant: options go before variables, and these before the config file. One that nobody named is
 * searched for, and read, only when it decides something. Used by one thread.
 */
final class Settings {
    /** Where backups are when nothing says so. */
    static final String DEFAULT_REPOSITORY = "holdfast-backups";

    private static final String URL_HINT = "it looks like postgresql://user@host:5432/name";
    private static final String NAME = "[A-Za-z0-9._-]{1,63}";

    private final Map<String, String> environment;
    private final Path folder;
    private final GlobalOptions options;
    private boolean isRead;
    private Optional<Config> config = Optional.empty();

    Settings(Map<String, String> environment, Path folder, GlobalOptions options) {
        this.environment = environment;
        this.folder = folder;
        this.options = options;
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    private static Optional<String> option(@Nullable String value) {
        return Optional.ofNullable(value);
    }

    /** What the config file says; empty when there is none. */
    Optional<Config> config() {
        if (!isRead) {
            config = named().or(() -> ConfigPlace.search(folder, environment))
                    .map(file -> Config.read(file, environment));
            isRead = true;
        }
        return config;
    }

    private Optional<Path> named() {
        return option(options.config).or(() -> variable("HOLDFAST_CONFIG")).map(this::path);
    }

    /** A file that somebody named must be right, also where nothing in it is needed. */
    private void checkNamed() {
        if (named().isPresent()) {
            config();
        }
    }

    /** A folder or file as people name it. */
    Path path(String told) {
        try {
            return folder.resolve(told).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new HoldfastException(ErrorCode.BAD_USAGE, "'" + told + "' cannot be a folder's name");
        }
    }

    /** Where the backups are. */
    Path repositoryFolder() {
        checkNamed();
        return option(options.repository)
                .or(() -> variable("HOLDFAST_REPOSITORY"))
                .map(this::path)
                .or(() -> config().flatMap(Config::repository))
                .orElseGet(() -> path(DEFAULT_REPOSITORY));
    }

    /** What somebody said of the database: a name or a URL. */
    private Optional<String> told() {
        checkNamed();
        return option(options.db).or(() -> variable("HOLDFAST_DB")).or(() -> variable("DATABASE_URL"));
    }

    /** An error when what was said is neither a URL nor a source's name. */
    void check() {
        told().filter(told -> !isUrl(told)).ifPresent(this::name);
    }

    private boolean isUrl(String told) {
        return new PostgresEngine(environment).understands(told);
    }

    /** What may be a password is not repeated. */
    private String name(String told) {
        if (!told.matches(NAME)) {
            throw new HoldfastException(ErrorCode.BAD_USAGE, "the database URL is not one of PostgreSQL's")
                    .withHint(URL_HINT);
        }
        Config config = config().orElseThrow(() -> new HoldfastException(
                        ErrorCode.BAD_USAGE,
                        "'" + told + "' is not a database URL, and there is no " + ConfigPlace.NAME
                                + " that could name a source so")
                .withHint(URL_HINT));
        if (!config.names().contains(told)) {
            config.source(told); // says which are there
        }
        return told;
    }

    /** The name of the source of the config file that is meant; empty when a URL or the PG variables say which database. */
    Optional<String> sourceName() {
        Optional<String> told = told();
        if (told.isPresent()) {
            return told.filter(each -> !isUrl(each)).map(this::name);
        }
        return config().filter(config -> config.names().size() == 1)
                .map(config -> config.names().iterator().next());
    }

    /** What the config file says of the source that is meant. */
    Optional<SourceSettings> source() {
        return sourceName().map(name -> config().orElseThrow().source(name));
    }

    /** The URL of the database that is meant; empty when only {@code PG*} variables, or nothing, say which. */
    String url() {
        Optional<SourceSettings> source = source();
        if (source.isEmpty()) {
            return told().orElse("");
        }
        if (!isUrl(source.get().url())) {
            throw new HoldfastException(
                            ErrorCode.BAD_USAGE,
                            "the url of source '" + source.get().name() + "' is not one of PostgreSQL's")
                    .withHint(URL_HINT + "; it stands in "
                            + config().map(Config::file).orElseThrow());
        }
        return source.get().url();
    }

    /** Of several sources nobody knows which one is meant, and the server's default database is certainly none of them. */
    void checkChosen() {
        if (told().isPresent() || variable("PGDATABASE").isPresent()) {
            return;
        }
        config().filter(config -> config.names().size() > 1).ifPresent(config -> {
            throw new HoldfastException(
                            ErrorCode.AMBIGUOUS,
                            config.file() + " names several sources: " + String.join(", ", config.names()))
                    .withHint("say which one is meant with --db NAME");
        });
    }
}
