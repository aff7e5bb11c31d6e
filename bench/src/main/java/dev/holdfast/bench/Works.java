package dev.holdfast.bench;

import java.util.List;
import java.util.Locale;

/** Everything that can be measured, by the word that chooses it. */
enum Works {
    START_UP,
    FIRST_BACKUP,
    SECOND_BACKUP,
    COMPARE,
    RESTORE,
    ROLLBACK,
    GUARD,
    DRILL,
    VERIFY,
    SMALL,
    MEMORY;

    /** What a user types. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The database it works on, or empty. */
    String database() {
        return switch (this) {
            case START_UP -> "";
            case FIRST_BACKUP, SECOND_BACKUP, COMPARE, RESTORE, ROLLBACK, GUARD, DRILL, VERIFY -> Databases.LARGE;
            case SMALL -> Databases.SMALL;
            case MEMORY -> Databases.WIDE;
        };
    }

    List<Result> measure(Bench bench, Field.Prepared prepared) {
        return switch (this) {
            case START_UP -> StartUpWork.measure(bench);
            case FIRST_BACKUP -> BackupWorks.first(bench);
            case SECOND_BACKUP -> SecondBackupWorks.measure(bench);
            case COMPARE -> SecondBackupWorks.compare(bench);
            case RESTORE -> RestoreWorks.large(bench, prepared);
            case ROLLBACK -> RollbackWorks.measure(bench);
            case GUARD -> GuardWorks.measure(bench);
            case DRILL -> DrillWorks.measure(bench, prepared);
            case VERIFY -> RestoreWorks.verify(bench, prepared);
            case SMALL -> SmallWorks.measure(bench, prepared);
            case MEMORY -> MemoryWorks.measure(bench, prepared);
        };
    }
}
