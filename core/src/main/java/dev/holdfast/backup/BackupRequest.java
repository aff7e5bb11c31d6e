package dev.holdfast.backup;

import dev.holdfast.repository.Holder;
import dev.holdfast.repository.Kind;
import dev.holdfast.repository.Notes;

/**
 * What is asked of a backup.
 *
 * @param holder the process that takes it
 * @param jobs how many connections read at once, at least one
 */
public record BackupRequest(Kind kind, Notes notes, Holder holder, int jobs, FullRead fullRead, Allowances allowances) {
    /**
     * What is refused unless a person allows it.
     *
     * @param sameSource the database may be another one than the source is bound to: after a failover, an upgrade, a swap
     * @param anyClock the clocks may be far apart
     */
    public record Allowances(boolean sameSource, boolean anyClock) {
        public static final Allowances NONE = new Allowances(false, false);
    }
}
