package dev.holdfast.postgres;

import dev.holdfast.engine.DumpRestored;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The errors that psql and pg_restore print while they go on, told apart by whose they are: the dump's, this sandbox's, or nobody's. Safe for
 * several threads.
 */
final class RestoreErrors {
    /** Both have the server's message behind this, psql with the code before it. */
    private static final Pattern ERROR = Pattern.compile("\\b(?:ERROR|FATAL|PANIC):  (?:[0-9A-Z]{5}: )?(.*)");

    /** What psql itself has to say. */
    private static final Pattern OF_PSQL = Pattern.compile("^psql:.*?: (?:fatal: |error: )(.*)");

    private static final Pattern PLACE = Pattern.compile("^CONTEXT:  (COPY .*?, line \\d+).*");
    private static final Pattern UNKNOWN_SETTING = Pattern.compile("unrecognized configuration parameter \"(\\w+)\".*");
    private static final Pattern SCHEMA_THERE = Pattern.compile("schema \"(.*)\" already exists");

    /** What another sandbox, or a superuser of this one, may well do. */
    private static final Pattern OF_THE_SANDBOX = Pattern.compile(
            "permission denied.*|must be (?:superuser|owner|member|able).*|only superuser.*|(?:new )?collation .* does not exist"
                    + "|invalid (?:LC_|ICU |locale).*|.*locale name.*|role \".*\" does not exist|extension \".*\" is not available"
                    + "|could not (?:open extension control|access|load|open) .*|tablespace .* does not exist"
                    + "|access method .* does not exist|security label provider .* is not loaded|.*is not supported by this build.*"
                    + "|Non-superuser.*|password is required",
            Pattern.CASE_INSENSITIVE);

    private static final int NAMED = 5;
    private static final int LONGEST = 300;

    private final Set<String> schemas;
    private final List<String> first = new ArrayList<>();
    private final List<String> firstUnmet = new ArrayList<>();
    private final Set<String> unknownSettings = new TreeSet<>();
    private long count;
    private long unmet;
    private List<String> last = new ArrayList<>();

    /**
     * @param schemas that were made before the dump makes them
     */
    RestoreErrors(Set<String> schemas) {
        this.schemas = schemas;
    }

    /** Takes a line that was printed; whether it is an error. */
    synchronized boolean take(String line) {
        Matcher place = PLACE.matcher(line);
        if (place.find() && !last.isEmpty()) {
            last.set(last.size() - 1, last.get(last.size() - 1) + " (" + place.group(1) + ")");
            last = new ArrayList<>();
            return false;
        }
        Matcher error = ERROR.matcher(line);
        if (!error.find()) {
            error = OF_PSQL.matcher(line);
            if (!error.find()) {
                return false;
            }
        }
        add(error.group(1));
        return true;
    }

    private void add(String message) {
        last = new ArrayList<>();
        Matcher setting = UNKNOWN_SETTING.matcher(message);
        if (setting.matches()) {
            unknownSettings.add(setting.group(1)); // of a newer pg_dump than the server is, or of a newer server
            return;
        }
        Matcher schema = SCHEMA_THERE.matcher(message);
        if (schema.matches() && schemas.contains(schema.group(1))) {
            return;
        }
        if (OF_THE_SANDBOX.matcher(message).matches()) {
            unmet++;
            keep(firstUnmet, message);
        } else if (unmet > 0) {
            unmet++; // it may well come of what went wrong before
            keep(firstUnmet, message);
        } else {
            count++;
            keep(first, message);
        }
    }

    private void keep(List<String> few, String message) {
        if (few.size() < NAMED) {
            few.add(message.length() > LONGEST ? message.substring(0, LONGEST) + "..." : message);
            last = few;
        }
    }

    /** A failure that the server did not name. */
    synchronized void fail(String message) {
        count++;
        keep(first, message);
    }

    /** Whether nothing at all was printed that is an error. */
    synchronized boolean areNone() {
        return count == 0 && unmet == 0 && unknownSettings.isEmpty();
    }

    synchronized DumpRestored.Errors errors() {
        return new DumpRestored.Errors(count, first);
    }

    synchronized DumpRestored.Errors unmet() {
        return new DumpRestored.Errors(unmet, firstUnmet);
    }

    /** What was set that the server does not know. */
    synchronized Set<String> unknownSettings() {
        return new TreeSet<>(unknownSettings);
    }
}
