package dev.holdfast.config;

import dev.holdfast.schedule.Cron;
import java.util.Optional;

/**
 * When backups and drills of a source happen by themselves.
 *
 * @param backup empty for {@link #BACKUP}
 * @param drill empty for {@link #DRILL}
 */
public record ScheduleSettings(Optional<Cron> backup, Optional<Cron> drill) {
    /** Each day at 01:30. */
    public static final String BACKUP = "30 1 * * *";

    /** Sundays at 04:00. */
    public static final String DRILL = "0 4 * * 0";

    public static final ScheduleSettings NONE = new ScheduleSettings(Optional.empty(), Optional.empty());
}
