package dev.holdfast.repository;

import dev.holdfast.json.JsonObject;

/**
 * The head of a backup: a few kB that say who, what and when, and where its lists are. Its publication makes the backup exist.
 *
 * @param database the engine's own facts about the database, with {@code product} and {@code identity} among them
 */
public record Head(BackupName name, About about, JsonObject database, Contents contents, NamedPacks packs) {
    /** Which database product, in the engine's word: {@code postgresql}. */
    public String product() {
        return database.string("product");
    }

    /** Which database this is a backup of, in the engine's own words. */
    public JsonObject identity() {
        return database.object("identity");
    }
}
