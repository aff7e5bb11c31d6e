package dev.holdfast.postgres;

import java.util.ArrayList;
import java.util.List;
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
    private static final Pattern OPTION =
            Pattern.compile("(\\w*(?:password|passwd|secret|token)\\w*\"? )'" + INSIDE + "'", Pattern.CASE_INSENSITIVE);
    private static final Pattern CONNECTION =
            Pattern.compile("(CONNECTION )'" + INSIDE + "password" + INSIDE + "'", Pattern.CASE_INSENSITIVE);
    private static final List<String> WITH_OPTIONS =
            List.of("USER MAPPING", "SERVER", "FOREIGN TABLE", "FOREIGN DATA WRAPPER");

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

    private static void add(String entry, String name, String type, StringBuilder to, List<String> places) {
        String redacted = entry;
        if (WITH_OPTIONS.contains(type)) {
            redacted = OPTION.matcher(entry).replaceAll("$1'***'");
        } else if (type.equals("SUBSCRIPTION")) {
            redacted = CONNECTION.matcher(entry).replaceAll("$1'***'");
        }
        if (!redacted.equals(entry)) {
            places.add(name);
        }
        to.append(redacted);
    }
}
