package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.stream.Collectors;

/** SQL texts from their resources, and the quoting of names and values. */
final class Sql {
    private Sql() {}

    /** The text of the resource {@code sql/<name>.sql}, without its comments. */
    static String text(String name) {
        try (InputStream in = Sql.class.getResourceAsStream("sql/" + name + ".sql")) {
            if (in == null) {
                throw new IllegalStateException("resource sql/" + name + ".sql is missing");
            }
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("--"))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException("resource sql/" + name + ".sql", e);
        }
    }

    /** A name in double quotes. */
    static String name(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** Whether the text ends inside of a quoted name or value. */
    static boolean endsInQuotes(CharSequence text) {
        char open = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (open == 0 && (c == '\'' || c == '"')) {
                open = c;
            } else if (c == open) {
                open = 0; // a doubled quote closes here and opens again
            }
        }
        return open != 0;
    }

    /** Schema and name, quoted. */
    static String name(String schema, String name) {
        return name(schema) + "." + name(name);
    }

    /** Names in double quotes with commas between. */
    static String names(Collection<String> names) {
        return names.stream().map(Sql::name).collect(Collectors.joining(", "));
    }

    /** What a name in SQL is, whether it stands in quotes or not. */
    static String plainName(String name) {
        return name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    }

    /** What a string in quotes says, as the server quotes it. */
    static String unquoted(String literal) {
        boolean isEscaped = literal.startsWith("E");
        String inner =
                literal.substring(isEscaped ? 2 : 1, literal.length() - 1).replace("''", "'");
        return isEscaped ? inner.replace("\\\\", "\\") : inner;
    }

    /** A string in single quotes; needs {@code standard_conforming_strings}. */
    static String value(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
