package dev.holdfast.config;

import dev.holdfast.error.Secrets;
import dev.holdfast.repository.SourceName;
import java.util.List;
import java.util.Set;

/**
 * What a config file says of one source. Its text shows no secret.
 *
 * @param name what its backups are filed under
 * @param url where its database is; may hold a password
 * @param record questions that are asked within the backup's snapshot, whose answers a drill compares
 * @param variables the environment's variables that were filled in
 */
public record SourceSettings(
        SourceName name,
        String url,
        List<String> record,
        DrillSettings drill,
        GuardSettings guard,
        ScheduleSettings schedule,
        Set<String> variables) {
    public SourceSettings {
        record = List.copyOf(record);
        variables = Set.copyOf(variables);
    }

    @Override
    public String toString() {
        return name + " at " + Secrets.hidden(url);
    }
}
