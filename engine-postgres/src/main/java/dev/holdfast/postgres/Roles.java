package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Severity;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The statements that make the roles of a database again, as any role may read them. Without passwords, which nobody but a superuser may
 * read and no backup should hold. What is set for a role in this database alone is not among them, but among the statements about the
 * database, since it must be there first.
 */
final class Roles {
    private static final Pattern MADE = Pattern.compile("^CREATE ROLE \"((?:[^\"]|\"\")+)\"", Pattern.MULTILINE);
    private static final List<String> ATTRIBUTES =
            List.of("SUPERUSER", "INHERIT", "CREATEROLE", "CREATEDB", "LOGIN", "REPLICATION", "BYPASSRLS");

    /** Settings that are lists of names: the server has each name quoted by itself where it needs it. */
    private static final Set<String> LISTS = Set.of(
            "local_preload_libraries",
            "search_path",
            "session_preload_libraries",
            "shared_preload_libraries",
            "temp_tablespaces",
            "unix_socket_directories");

    private static final Pattern LISTED = Pattern.compile("\"((?:[^\"]|\"\")*)\"|[^\",\\s]+");

    private Roles() {}

    /** A setting that is not in UTF-8 is a finding of the run. */
    static String statements(Connection connection, Run run) {
        var statements = new StringBuilder();
        List<String> oids = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(Sql.text("roles"))) {
            while (row.next()) {
                oids.add(row.getString("oid"));
                if (!row.getString("rolname").startsWith("pg_")) {
                    statements.append(role(row, run));
                }
            }
        } catch (SQLException e) {
            throw PgErrors.of("listing roles", e);
        }
        String among = Sql.value("{" + String.join(",", oids) + "}");
        PgConnections.column(
                        connection,
                        "listing memberships of roles",
                        Sql.text("memberships").formatted(among))
                .forEach(membership -> statements.append(membership).append('\n'));
        return statements.toString();
    }

    private static String role(ResultSet row, Run run) throws SQLException {
        String name = Sql.name(row.getString("rolname"));
        var statements = new StringBuilder("CREATE ROLE ").append(name).append(" WITH");
        int first = row.findColumn("rolsuper");
        for (int i = 0; i < ATTRIBUTES.size(); i++) {
            statements.append(row.getBoolean(first + i) ? " " : " NO").append(ATTRIBUTES.get(i));
        }
        statements.append(" CONNECTION LIMIT ").append(row.getInt("rolconnlimit"));
        String until = row.getString("rolvaliduntil");
        if (until != null) {
            statements.append(" VALID UNTIL ").append(Sql.value(until));
        }
        statements.append(";\n");
        for (String setting : (String[]) row.getArray("settings").getArray()) {
            byte[] bytes = HexFormat.of().parseHex(setting);
            try {
                String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
                statements.append(set(name, text)).append(";\n");
            } catch (CharacterCodingException e) {
                tellLeftOut(name, bytes, run);
            }
        }
        return statements.toString();
    }

    private static void tellLeftOut(String role, byte[] setting, Run run) {
        String shown = new String(setting, US_ASCII);
        run.finding(new Finding(
                Severity.WARNING,
                "role_setting_left_out",
                role,
                "what is set for role " + role + " is not in UTF-8, so roles.sql does not have it: " + shown));
    }

    private static String set(String role, String setting) {
        int equals = setting.indexOf('=');
        String name = setting.substring(0, equals);
        String value = setting.substring(equals + 1);
        return "ALTER ROLE " + role + " SET " + Sql.name(name) + " TO "
                + (LISTS.contains(name) && !value.isBlank() ? list(value) : literal(value));
    }

    private static String list(String value) {
        return LISTED.matcher(value)
                .results()
                .map(Roles::unquoted)
                .map(Roles::literal)
                .collect(Collectors.joining(", "));
    }

    private static String unquoted(MatchResult listed) {
        return listed.group(1) == null ? listed.group() : listed.group(1).replace("\"\"", "\"");
    }

    /** A string on one line, whatever is in it, so that no part of it looks like a statement. */
    private static String literal(String value) {
        String escaped = value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
        return (escaped.equals(value) ? "" : "E") + Sql.value(escaped);
    }

    /** The roles that statements of a backup make: all that own something in it or have rights there. */
    static List<String> named(String statements) {
        return MADE.matcher(statements)
                .results()
                .map(role -> role.group(1).replace("\"\"", "\""))
                .toList();
    }
}
