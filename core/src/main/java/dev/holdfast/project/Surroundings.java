package dev.holdfast.project;

import dev.holdfast.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;

/** What stands around a process that takes a backup: the version of the sources it is run in, and the CI run. */
public final class Surroundings {
    private Surroundings() {}

    /**
     * The members {@code git} and, in a CI run, {@code ci} of {@code project} in a head. Never an error; takes a few seconds at worst.
     *
     * @param environment the process's variables
     * @param folder where the process was started
     */
    public static JsonObject json(Map<String, String> environment, Path folder) {
        return new JsonObject()
                .put("git", new Git(environment, folder).look().json())
                .putIfPresent("ci", CiRun.of(environment).map(CiRun::json));
    }
}
