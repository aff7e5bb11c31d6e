package dev.holdfast.postgres;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The statements about the database itself, as pg_restore printed them, made to speak of another name. */
final class DatabaseStatements {
    /** A name in SQL, as the server quotes it. */
    static final String NAME = "(?:\"(?:[^\"]|\"\")+\"|[a-z_][a-z0-9_$]*)";
    /** The marker that protects a live database; what is made from a backup of it is another one. */
    private static final Pattern PROTECTED = Pattern.compile(
            "ALTER DATABASE (?:\\w+|\"(?:[^\"]|\"\")+\") SET \"?" + Pattern.quote(ProtectionMarker.SETTING) + "\"? ");

    private static final Pattern CREATE = Pattern.compile("^CREATE DATABASE (" + NAME + ") WITH ");

    private static final Pattern OWNER = Pattern.compile("ALTER DATABASE " + NAME + " OWNER TO " + NAME + ";");

    private static final Pattern OF_EXPRESSIONS = Pattern.compile("ALTER (?:ROLE " + NAME + " IN )?DATABASE " + NAME
            + " SET (?:\"[^\"]*\\.[^\"]*\"|default_text_search_config) TO ");

    private static final Pattern LIBC =
            Pattern.compile("^(CREATE DATABASE " + NAME + " WITH .*) LOCALE_PROVIDER = libc", Pattern.MULTILINE);
    private static final Pattern TABLESPACE =
            Pattern.compile("^(CREATE DATABASE " + NAME + " WITH .*) TABLESPACE = " + NAME, Pattern.MULTILINE);
    private static final int KNOWS_LOCALE_PROVIDER = 15;

    private DatabaseStatements() {}

    /** The statements without what a newer pg_dump says and the server does not know, since it can do nothing else. */
    static String understoodBy(int serverMajor, String statements) {
        return serverMajor < KNOWS_LOCALE_PROVIDER ? LIBC.matcher(statements).replaceFirst("$1") : statements;
    }

    /** Making the empty database. */
    static List<String> making(String statements, String newName) {
        return renamed(statements, newName).stream()
                .filter(statement -> statement.startsWith("CREATE DATABASE "))
                .toList();
    }

    /** What is set and granted on the database; owners and rights only when wanted. */
    static List<String> settings(String statements, String newName, boolean owners) {
        return renamed(statements, newName).stream()
                .filter(statement -> !statement.startsWith("CREATE DATABASE "))
                .filter(statement -> owners || !isAboutRights(statement))
                .filter(statement -> !PROTECTED.matcher(statement).lookingAt())
                .toList();
    }

    /**
     * Of the settings, those that expressions may ask for while rows are loaded and indexes are made: the user's own ones, whose names
     * have a dot, and the one that text search falls back on. Any other could stand in the way of a restore.
     */
    static List<String> settingsOfExpressions(String statements, String newName, boolean owners) {
        return settings(statements, newName, owners).stream()
                .filter(statement -> OF_EXPRESSIONS.matcher(statement).lookingAt())
                .toList();
    }

    private static boolean isAboutRights(String statement) {
        return statement.startsWith("GRANT ")
                || statement.startsWith("REVOKE ")
                || statement.startsWith("ALTER ROLE ")
                || OWNER.matcher(statement).matches();
    }

    /** The statements that put the database into the server's default tablespace. */
    static String withoutTablespace(String statements) {
        return TABLESPACE.matcher(statements).replaceFirst("$1");
    }

    private static List<String> renamed(String statements, String newName) {
        Matcher create = CREATE.matcher(statements);
        if (!create.find()) {
            throw new HoldfastException(ErrorCode.DAMAGED, "piece database.sql of the backup does not make a database");
        }
        Pattern oldName = Pattern.compile("\\bDATABASE " + Pattern.quote(create.group(1)) + "(?=[ ;])");
        String replacement = Matcher.quoteReplacement("DATABASE " + Sql.name(newName));
        List<String> renamed = new ArrayList<>();
        for (String statement : split(statements)) {
            renamed.add(oldName.matcher(statement).replaceFirst(replacement));
        }
        return renamed;
    }

    /** Cuts at semicolons that end a line, outside of quotes. */
    static List<String> split(String statements) {
        List<String> result = new ArrayList<>();
        var current = new StringBuilder();
        for (String line : statements.split("\n", -1)) {
            current.append(line).append('\n');
            if (line.endsWith(";") && !Sql.endsInQuotes(current)) {
                result.add(current.toString().strip());
                current.setLength(0);
            }
        }
        return result;
    }
}
