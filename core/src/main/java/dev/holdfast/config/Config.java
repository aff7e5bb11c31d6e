package dev.holdfast.config;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * What stands in a config file. All of it was understood when it was read; that a variable is not set matters only to whoever asks for what
 * needs it. Safe for several threads.
 */
public final class Config {
    private final Path file;
    private final Optional<Needing<Path>> repository;
    private final Map<String, Needing<SourceSettings>> sources;

    private Config(Path file, Optional<Needing<Path>> repository, Map<String, Needing<SourceSettings>> sources) {
        this.file = file;
        this.repository = repository;
        this.sources = sources;
    }

    /** A value, or what is said when it is needed and a variable is missing. */
    private record Needing<T>(T value, Optional<HoldfastException> missing) {
        T get() {
            missing.ifPresent(error -> {
                throw error;
            });
            return value;
        }
    }

    /**
     * Reads a file.
     *
     * @param environment fills the variables in it
     */
    public static Config read(Path file, Map<String, String> environment) {
        return read(file.toAbsolutePath().normalize(), name -> Optional.ofNullable(environment.get(name)));
    }

    /** The same file with every variable set to one value: what is secret elsewhere then, stands in the file itself. */
    public Config filledWith(String value) {
        return read(file, name -> Optional.of(value));
    }

    private static Config read(Path whole, Function<String, Optional<String>> environment) {
        Optional<Node> node = YamlFile.read(whole);
        if (node.isEmpty()) {
            return new Config(whole, Optional.empty(), Map.of());
        }
        var variables = new Variables(environment);
        Section top = Section.of(whole, Section.TOP, node.get(), variables, Set.of("repository", "sources"));
        Optional<Needing<Path>> repository = top.text("repository")
                .map(text -> new Needing<>(folder(whole, top.place("repository"), text), variables.missing()));
        return new Config(
                whole,
                repository,
                top.section("sources", Set.of())
                        .map(named -> sources(named, environment))
                        .orElse(Map.of()));
    }

    private static Map<String, Needing<SourceSettings>> sources(
            Section named, Function<String, Optional<String>> environment) {
        Map<String, Needing<SourceSettings>> sources = new LinkedHashMap<>();
        for (String name : named.keys()) {
            var own = new Variables(environment);
            SourceSettings settings = SourceReading.read(named, name, own);
            sources.put(name, new Needing<>(settings, own.missing()));
        }
        return sources;
    }

    private static Path folder(Path file, Place place, String text) {
        if (text.equals("~") || text.startsWith("~/")) {
            throw place.error("a repository's ~ is for shells to replace").withHint("repository: ${HOME}/...");
        }
        try {
            return file.resolveSibling(text).normalize();
        } catch (InvalidPathException e) {
            throw place.error("the repository's value cannot be a folder's name")
                    .withHint("repository: ./backups");
        }
    }

    /** The file that was read, by its whole path. */
    public Path file() {
        return file;
    }

    /** Where the backups are, when the file says so. */
    public Optional<Path> repository() {
        return repository.map(Needing::get);
    }

    /** The sources that have a name, in the order of the file. */
    public Set<String> names() {
        return sources.keySet();
    }

    /** The source of that name; an error that tells those that are there when there is none. */
    public SourceSettings source(String name) {
        Needing<SourceSettings> found = sources.get(name);
        if (found == null) {
            throw new HoldfastException(ErrorCode.BAD_USAGE, "'" + name + "' is not a source of " + file)
                    .withHint(
                            sources.isEmpty()
                                    ? "that names no sources; a database URL looks like postgresql://user@host:5432/name"
                                    : Spelling.hint(name, sources.keySet()));
        }
        return found.get();
    }
}
