package dev.holdfast.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Passwords that PostgreSQL itself keeps in a schema, and that pg_dump prints to whoever may see them: options of user mappings and
 * foreign servers, connections of subscriptions. A restore needs them; the text for people does not.
 *
 * @param text the schema without them
 * @param places the names of the objects that have them
 */
record SchemaSecrets(String text, List<String> places) {
    private static final String INSIDE = "(?:[^']|'')*";
    /** What gives it away in the name of an option, and within a connection string. */
    private static final String SECRET = "(?:password|passwd|pwd|secret|token|credential)";

    /** A name, and a value that may have backslashes. */
    private static final Pattern OPTION =
            Pattern.compile("(\\w+|\"(?:[^\"]|\"\")*\") (?:E| E)?'(" + INSIDE + ")'", Pattern.CASE_INSENSITIVE);

    private static final Pattern SECRET_NAME = Pattern.compile(SECRET, Pattern.CASE_INSENSITIVE);
    /** A key with its value, or a user's password in a URI. */
    private static final Pattern SECRET_WITHIN =
            Pattern.compile(SECRET + "\\w*\\s*=|://[^/@]*:[^/@]*@", Pattern.CASE_INSENSITIVE);

    private static final List<String> WITH_OPTIONS =
            List.of("USER MAPPING", "SERVER", "FOREIGN TABLE", "FOREIGN DATA WRAPPER", "SUBSCRIPTION");

    SchemaSecrets {
        places = List.copyOf(places);
    }

    static SchemaSecrets redact(String schema) {
        var text = new StringBuilder();
        List<String> places = new ArrayList<>();
        Matcher entry = SchemaText.ENTRY.matcher(schema);
        String name = "";
        String type = "";
        int from = 0;
        while (entry.find()) {
            add(schema.substring(from, entry.start()), name, type, text, places);
            name = entry.group(1);
            type = entry.group(2);
            from = entry.start();
        }
        add(schema.substring(from), name, type, text, places);
        return new SchemaSecrets(text.toString(), places);
    }

    /** The whole value, since a password within it has many ways to begin and to end. */
    private static String redacted(MatchResult option) {
        boolean secret = SECRET_NAME.matcher(option.group(1)).find()
                || SECRET_WITHIN.matcher(option.group(2)).find();
        return Matcher.quoteReplacement(secret ? option.group(1) + " '***'" : option.group());
    }

    private static void add(String entry, String name, String type, StringBuilder to, List<String> places) {
        String redacted = entry;
        if (WITH_OPTIONS.contains(type)) {
            redacted = OPTION.matcher(entry).replaceAll(SchemaSecrets::redacted);
        }
        if (!redacted.equals(entry)) {
            places.add(name);
        }
        to.append(redacted);
    }
}
