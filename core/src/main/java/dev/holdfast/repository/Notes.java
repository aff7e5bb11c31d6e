package dev.holdfast.repository;

import dev.holdfast.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/**
 * What people said of a backup and who took it.
 *
 * @param by user, host, version of Holdfast
 * @param project what stood around the database: version control, migrations
 */
public record Notes(Optional<String> description, Map<String, String> tags, JsonObject by, JsonObject project) {
    public Notes {
        tags = Map.copyOf(tags);
    }

    /** The same with another description. */
    public Notes about(String what) {
        return new Notes(Optional.of(what), tags, by, project);
    }

    /** The same with one more member of {@code project}, whatever it was before. */
    public Notes withProject(String member, Object value) {
        var more = new JsonObject();
        project.members().forEach(more::put);
        return new Notes(description, tags, by, more.put(member, value));
    }
}
