package dev.holdfast.project;

import dev.holdfast.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * What one table of a migration tool says.
 *
 * @param table its name for people
 * @param standing empty when the table was not read
 * @param locked whether a run of the tool holds the database, or one that died did
 * @param unread why it was not read
 */
record MigrationState(String tool, String table, Optional<Standing> standing, boolean locked, Optional<String> unread) {
    private static final int MOST_FAILED = 5;

    static MigrationState read(String tool, String table, Standing standing, boolean locked) {
        return new MigrationState(tool, table, Optional.of(standing), locked, Optional.empty());
    }

    static MigrationState unread(String tool, String table, String why) {
        return new MigrationState(tool, table, Optional.empty(), false, Optional.of(why));
    }

    /** As it stands in a head, in {@code migrations}. */
    JsonObject json() {
        var json = new JsonObject().put("tool", tool).put("table", table).putIfPresent("unread", unread);
        standing.ifPresent(known -> {
            List<String> failed = known.failed().stream()
                    .limit(MOST_FAILED)
                    .map(PlainText::of)
                    .toList();
            json.putIfPresent("latest", known.latest().map(PlainText::of))
                    .putIfPresent("applied", known.applied())
                    .put("failed", known.failed().size());
            if (!failed.isEmpty()) {
                json.put("failed_versions", failed);
            }
            if (locked) {
                json.put("locked", true);
            }
        });
        return json;
    }
}
