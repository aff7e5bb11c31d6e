package dev.holdfast.config;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the config file is: searched upwards from a folder, then among the user's own settings. It names commands that are run, so that
 * one that was only found, not named, must belong to whoever runs them.
 */
public final class ConfigPlace {
    /** What a config file is called where it is searched for. */
    public static final String NAME = "holdfast.yml";

    private static final String ROOT = "root";

    private ConfigPlace() {}

    /**
     * Searches for it.
     *
     * @param environment for {@code XDG_CONFIG_HOME} and {@code HOME}
     */
    public static Optional<Path> search(Path folder, Map<String, String> environment) {
        for (Path here = folder.toAbsolutePath().normalize(); here != null; here = here.getParent()) {
            Path file = here.resolve(NAME);
            if (Files.isRegularFile(file)) {
                return Optional.of(own(file));
            }
        }
        return Optional.of(userFolder(environment).resolve("holdfast").resolve(NAME))
                .filter(Files::isRegularFile)
                .map(ConfigPlace::own);
    }

    private static Path userFolder(Map<String, String> environment) {
        String told = environment.getOrDefault("XDG_CONFIG_HOME", "");
        String home = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
        return told.isEmpty() ? Path.of(home, ".config") : Path.of(told);
    }

    private static Path own(Path file) {
        String owner = owner(file);
        if (!List.of(ROOT, System.getProperty("user.name", ROOT)).contains(owner)) {
            throw new HoldfastException(
                            ErrorCode.BAD_USAGE,
                            file + " was found, but it belongs to " + owner + ", and a config file names commands")
                    .withHint("if you trust it, name it: --config " + file);
        }
        return file;
    }

    private static String owner(Path file) {
        try {
            return Files.getOwner(file).getName();
        } catch (IOException e) {
            throw new HoldfastException(ErrorCode.BAD_USAGE, file + " cannot be read: " + e.getMessage(), e)
                    .withHint("name another config file with --config");
        } catch (UnsupportedOperationException e) {
            return ROOT; // where files have no owner, nobody can be told apart
        }
    }
}
