package dev.holdfast.restore;

import dev.holdfast.engine.Occupant;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.Totals;

/**
 * What a swap would do, after everything was looked at that can be before anything is changed.
 *
 * @param comesBack what the backup holds
 * @param owners whether owners and rights come back, too
 * @param replaced the live database as it is now
 */
public record SwapPlan(BackupName backup, String database, Totals comesBack, boolean owners, Occupant replaced) {}
