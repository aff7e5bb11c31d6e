package dev.holdfast.restore;

import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.Holder;

/**
 * What is asked of a restore into a new database.
 *
 * @param newName the database to be made; it must not exist
 * @param owners whether owners and rights are restored, too
 * @param jobs how many connections work at once, at least one
 * @param by who asks, for the journal
 * @param holder the process that restores
 */
public record RestoreRequest(
        BackupName backup, String newName, boolean owners, int jobs, JsonObject by, Holder holder) {}
