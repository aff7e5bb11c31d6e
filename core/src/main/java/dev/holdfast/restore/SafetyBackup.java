package dev.holdfast.restore;

import dev.holdfast.backup.Backup;
import dev.holdfast.backup.BackupRequest;
import dev.holdfast.engine.Database;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.journal.Journal;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.Repository;
import dev.holdfast.run.Run;
import java.util.function.Supplier;

/** What is taken of a live database before it is changed. Without it nothing is. */
record SafetyBackup(Repository repository, Journal journal, BackupRequest request, Run run) {
    /** Takes one, as a part of the run. */
    BackupName of(Database state) {
        return new Backup(repository, journal, state, request, run.part())
                .take()
                .head()
                .name();
    }

    /** An error says what has not been done for want of it; somebody who interrupts knows. */
    static BackupName orNothing(String undone, Supplier<BackupName> taking) {
        try {
            return taking.get();
        } catch (HoldfastException e) {
            throw e.code() == ErrorCode.INTERRUPTED ? e : e.during("no safety backup, so nothing " + undone);
        }
    }
}
