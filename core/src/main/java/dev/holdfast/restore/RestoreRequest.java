package dev.holdfast.restore;

import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupName;

/**
 * What is asked of a restore into a new database.
 *
 * @param newName the database to be made; it must not exist
 * @param owners whether owners and rights are restored, too
 * @param jobs how many connections work at once, at least one
 * @param by who asks, for the journal
 */
public record RestoreRequest(BackupName backup, String newName, boolean owners, int jobs, JsonObject by) {}
