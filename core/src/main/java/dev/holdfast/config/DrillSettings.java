package dev.holdfast.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a drill of a source looks at beside its own checks.
 *
 * @param requiredTables tables that must be there
 * @param minimumRows how many rows a table must have at least
 * @param checks questions with the answers they must get
 * @param sandbox which kind of server it restores into
 */
public record DrillSettings(
        List<String> requiredTables, Map<String, Long> minimumRows, List<Check> checks, String sandbox) {
    /** Whichever server can be had. */
    public static final String ANY_SANDBOX = "auto";

    public static final DrillSettings NONE = new DrillSettings(List.of(), Map.of(), List.of(), ANY_SANDBOX);

    public DrillSettings {
        requiredTables = List.copyOf(requiredTables);
        minimumRows = Collections.unmodifiableMap(new LinkedHashMap<>(minimumRows)); // in the order of the file
        checks = List.copyOf(checks);
    }

    /**
     * A question.
     *
     * @param expect the answer as text
     */
    public record Check(String sql, String expect) {
        /** What is expected where nothing else is said. */
        public static final String YES = "true";
    }
}
