package dev.holdfast.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A schema as pg_restore prints it with {@code --create}, normalized: without the lines that differ from run to run. For people, for
 * comparison, and cut out of it the statements about the database itself.
 *
 * @param text the whole of it
 * @param databaseStatements making the database, its settings and the rights on it
 */
record SchemaText(String text, String databaseStatements) {
    private static final Pattern VOLATILE =
            Pattern.compile("\\\\(un)?restrict .*|-- Dumped (from|by) .*|-- (Started|Completed) on .*");
    /** The line above each entry: its name and its type. */
    static final Pattern ENTRY = Pattern.compile("^-- Name: (.*); Type: ([A-Z ]+); Schema: .*$", Pattern.MULTILINE);

    /** Whether an entry is about the database itself; of its heading, the groups are the name and the type. */
    static boolean isAboutDatabase(MatchResult heading) {
        return heading.group(2).startsWith("DATABASE") || heading.group(1).startsWith("DATABASE ");
    }

    static SchemaText normalized(String printed) {
        List<String> lines = new ArrayList<>();
        List<String> database = new ArrayList<>();
        boolean inDatabase = false;
        for (String line : printed.split("\n", -1)) {
            if (inDatabase && Sql.endsInQuotes(String.join("\n", database))) {
                lines.add(line); // part of a comment or a setting, whatever it looks like
                database.add(line);
                continue;
            }
            if (VOLATILE.matcher(line).matches()) {
                continue;
            }
            lines.add(line);
            Matcher entry = ENTRY.matcher(line);
            if (entry.matches()) {
                inDatabase = isAboutDatabase(entry);
            }
            if (inDatabase
                    && !line.startsWith("--")
                    && !line.startsWith("\\")
                    && !line.isBlank()
                    && !line.startsWith("SET ")
                    && !line.startsWith("SELECT pg_catalog.set_config")) {
                database.add(line);
            }
        }
        return new SchemaText(String.join("\n", lines), database.isEmpty() ? "" : String.join("\n", database) + "\n");
    }
}
