package dev.holdfast.backup;

import dev.holdfast.repository.Holder;
import dev.holdfast.repository.Kind;
import dev.holdfast.repository.Notes;
import java.util.List;

/**
 * What is asked of a backup.
 *
 * @param questions to the database at the backup's moment, whose answers stand in the head
 * @param holder the process that takes it
 * @param jobs how many connections read at once, at least one
 * @param rereads whether a few older packs are hashed again before anything is shared with them
 */
public record BackupRequest(
        Kind kind,
        Notes notes,
        List<String> questions,
        Holder holder,
        int jobs,
        FullRead fullRead,
        Allowances allowances,
        boolean rereads) {
    public BackupRequest {
        questions = List.copyOf(questions);
    }

    /** One that asks nothing. */
    public BackupRequest(
            Kind kind,
            Notes notes,
            Holder holder,
            int jobs,
            FullRead fullRead,
            Allowances allowances,
            boolean rereads) {
        this(kind, notes, List.of(), holder, jobs, fullRead, allowances, rereads);
    }

    /** The same with questions to the database. */
    public BackupRequest asking(List<String> others) {
        return new BackupRequest(kind, notes, others, holder, jobs, fullRead, allowances, rereads);
    }

    /** The same for a backup of another kind, with what it is for. */
    public BackupRequest as(Kind other, String description) {
        return new BackupRequest(
                other, notes.about(description), questions, holder, jobs, fullRead, allowances, rereads);
    }

    /** The same for a moment in which others wait. */
    public BackupRequest withoutRereading() {
        return new BackupRequest(kind, notes, questions, holder, jobs, fullRead, allowances, false);
    }

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
