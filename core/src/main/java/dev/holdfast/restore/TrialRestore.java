package dev.holdfast.restore;

import dev.holdfast.engine.Database;
import dev.holdfast.engine.Restoration;
import dev.holdfast.engine.RestoreOrder;
import dev.holdfast.repository.Manifest;
import dev.holdfast.repository.RelationEntry;
import dev.holdfast.run.Run;

/**
 * Brings a backup back in a server to throw away, as any restore does, but for the look whether it is equal: that is left to whoever tries
 * it, and so is the record. Used once.
 */
public final class TrialRestore {
    private final Database server;
    private final Manifest manifest;
    private final Run run;

    public TrialRestore(Database server, Manifest manifest, Run run) {
        this.server = server;
        this.manifest = manifest;
        this.run = run;
    }

    /**
     * Restores, with owners and rights.
     *
     * @param name of the database to be made; it must not exist
     * @param jobs how many connections work at once, at least one
     */
    public void into(String name, int jobs) {
        run.step(RestoreStep.PREFLIGHT);
        var order = new RestoreOrder(
                name,
                manifest.head().database(),
                manifest.relations().stream().map(RelationEntry::relation).toList(),
                manifest::piece,
                true);
        Restoration restoration = server.restoreInto(run, order);
        Filling.orRemove(restoration, run, () -> {
            new Filling(restoration, manifest, run, jobs).fill();
            run.step(RestoreStep.PUBLISH);
            restoration.publish();
            return name;
        });
    }
}
