package dev.holdfast.repository;

import dev.holdfast.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/**
 * What people said of a backup and who took it.
 *
 * @param by user, host, version of Holdfast
 */
public record Notes(Optional<String> description, Map<String, String> tags, JsonObject by) {
    public Notes {
        tags = Map.copyOf(tags);
    }
}
