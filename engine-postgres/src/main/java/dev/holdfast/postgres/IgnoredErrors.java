package dev.holdfast.postgres;

import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What pg_restore said when it went on after errors. One that is newer than its server begins each session with settings that the server
 * may not know yet, and has no option to leave them out; nothing else may fail.
 */
final class IgnoredErrors {
    private static final Pattern ERROR = Pattern.compile("pg_restore: error: ");
    private static final Pattern SETTING = Pattern.compile("Command was: SET (\\w+) = [^;\\n]*;");

    private IgnoredErrors() {}

    /**
     * Whether all errors are settings that the server does not know. Several processes may have printed at once, so this counts and
     * does not rely on which line follows which.
     *
     * @param known the names of the server's settings
     */
    static boolean areUnknownSettings(String printed, Set<String> known) {
        long errors = ERROR.matcher(printed).results().count();
        long unknown = SETTING.matcher(printed)
                .results()
                .map((MatchResult found) -> found.group(1))
                .filter(setting -> !known.contains(setting))
                .count();
        return errors > 0 && errors == unknown;
    }
}
