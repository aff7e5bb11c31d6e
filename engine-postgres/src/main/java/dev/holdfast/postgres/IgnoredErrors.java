package dev.holdfast.postgres;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What pg_restore said when it went on after errors. One that is newer than its server begins each session with settings that the server
 * may not know yet, and has no option to leave them out; nothing else may fail.
 *
 * <p>Several processes print at once, and each prints the beginning of a line ({@code pg_restore: error: }) apart from its rest: beginnings
 * may pile up before one rest and be missing before the next. So nothing is counted: every line has to be one that such a failure prints.
 */
final class IgnoredErrors {
    private static final Pattern BEGINNINGS = Pattern.compile("(?:pg_restore:|error: |warning: | )*");
    private static final Pattern SETTING = Pattern.compile("Command was: SET (\\w+) = \\w+;");
    private static final Pattern AROUND_IT =
            Pattern.compile("(?:while INITIALIZING:|could not execute query: .*|errors ignored on restore: \\d+)?");

    private IgnoredErrors() {}

    /**
     * Whether all errors are settings that the server does not know.
     *
     * @param known the names of the server's settings
     */
    static boolean areUnknownSettings(String printed, Set<String> known) {
        boolean found = false;
        for (String line : printed.split("\n", -1)) {
            Matcher beginnings = BEGINNINGS.matcher(line);
            String rest = beginnings.lookingAt() ? line.substring(beginnings.end()) : line;
            Matcher setting = SETTING.matcher(rest);
            if (setting.matches() && !known.contains(setting.group(1))) {
                found = true;
            } else if (!AROUND_IT.matcher(rest).matches()) {
                return false;
            }
        }
        return found;
    }
}
