package dev.holdfast.postgres;

import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One statement of a dump, as far as it has to be understood.
 *
 * @param text all of it
 */
record DumpStatement(String text) {
    private static final String NAME = DumpNames.NAME;
    private static final String FULL = DumpNames.FULL;
    /** As many bytes of a statement as it takes to see which table it is about. */
    static final int HEAD = 2048;

    private static final Pattern COPY = of("COPY (" + FULL + ")\\s.*");
    private static final Pattern INSERT = of("INSERT INTO (" + FULL + ")( \\()?.*");
    private static final Pattern TABLE = of("CREATE (?:UNLOGGED )?TABLE (?:IF NOT EXISTS )?(" + FULL + ")\\s.*");
    private static final Pattern EXTENSION =
            of("CREATE EXTENSION (?:IF NOT EXISTS )?(" + NAME + ")(?: WITH)?(?: SCHEMA (" + NAME + "))?.*");
    private static final Pattern SETVAL =
            of("SELECT pg_catalog\\.setval\\('((?:[^']|'')*+)', (-?\\d+), (true|false)\\);");
    private static final Pattern REFRESH = of("REFRESH MATERIALIZED VIEW (" + FULL + ");");
    private static final Pattern SCHEMA = of("CREATE SCHEMA (" + NAME + ");");
    private static final Pattern DATABASE = of("CREATE DATABASE (" + NAME + ")[ ;].*");
    private static final Pattern SETTING = of("SET (\\w+) = '?([^']*)'?;");

    private static final Pattern OF_CLUSTER = of(
            "(?:(?:CREATE|ALTER|DROP|COMMENT ON|SECURITY LABEL.* ON) "
                    + "(?:ROLE|USER(?! MAPPING)|GROUP|TABLESPACE)|(?:GRANT|REVOKE) (?:(?! ON ).)*;|(?:GRANT|REVOKE) .* ON (?:TABLESPACE|PARAMETER)).*");
    private static final Pattern DROP = of(
            "(?:DROP |ALTER (?:(?:FOREIGN )?TABLE|DOMAIN|PUBLICATION|MATERIALIZED VIEW|OPERATOR FAMILY) .*\\sDROP\\s).*");
    private static final Pattern DROP_PUBLIC = of("DROP SCHEMA (?:IF EXISTS )?public;");

    private static final Pattern ON_TABLE =
            of("(?:ALTER TABLE .*\\sADD CONSTRAINT|CREATE (?:UNIQUE )?INDEX|CREATE (?:CONSTRAINT )?TRIGGER)\\s.*");

    private static final Pattern OWNER = Pattern.compile("\\sOWNER TO (" + NAME + ");$");
    private static final Pattern GRANTEE = Pattern.compile(
            "\\s(?:TO|FROM) (" + NAME + ")(?: WITH [A-Z ,]+)?(?: GRANTED BY (" + NAME + "))?(?: CASCADE)?;$");
    private static final Pattern DEFAULTS = Pattern.compile("^ALTER DEFAULT PRIVILEGES FOR ROLE (" + NAME + ") ");
    private static final Pattern AUTHORIZATION =
            Pattern.compile("^(?:SET SESSION|CREATE SCHEMA .*) AUTHORIZATION '?(" + NAME + ")'?;$");
    private static final Pattern ROLE = Pattern.compile("^CREATE ROLE (" + NAME + ");$");

    private static final Set<String> NO_ROLES =
            Set.of("public", "current_user", "session_user", "current_role", "default");

    private static Pattern of(String form) {
        return Pattern.compile(form, Pattern.DOTALL);
    }

    static DumpStatement of(byte[] text, int length, Charset charset) {
        return new DumpStatement(new String(text, 0, length, charset));
    }

    private Optional<Matcher> as(Pattern form) {
        Matcher matcher = form.matcher(text);
        return matcher.matches() ? Optional.of(matcher) : Optional.empty();
    }

    /** Its first word. */
    String verb() {
        int end = 0;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        return text.substring(0, end).toUpperCase(Locale.ROOT);
    }

    /** The table whose rows follow. */
    Optional<String> copiedInto() {
        return as(COPY).map(copy -> copy.group(1));
    }

    /** The table that gets rows. */
    Optional<String> insertedInto() {
        return as(INSERT).map(insert -> insert.group(1));
    }

    /** Whether columns stand before the values. */
    boolean namesColumns() {
        return as(INSERT).filter(insert -> insert.group(2) != null).isPresent();
    }

    Optional<String> table() {
        return as(TABLE).map(table -> table.group(1));
    }

    /**
     * An extension.
     *
     * @param schema empty when it says none
     */
    record Extension(String name, String schema) {}

    Optional<Extension> extension() {
        return as(EXTENSION)
                .map(made -> new Extension(
                        DumpNames.bare(made.group(1)),
                        Optional.ofNullable(made.group(2)).map(DumpNames::bare).orElse("")));
    }

    /** The same statement about the sequence's full name. */
    Optional<String> sequenceValue(Optional<String> schema) {
        return as(SETVAL)
                .map(set -> "SELECT pg_catalog.setval("
                        + Sql.value(DumpNames.quoted(set.group(1).replace("''", "'"), schema)) + ", " + set.group(2)
                        + ", "
                        + set.group(3) + ");");
    }

    Optional<String> refreshed() {
        return as(REFRESH).map(refresh -> refresh.group(1));
    }

    Optional<String> schema() {
        return as(SCHEMA).map(made -> DumpNames.bare(made.group(1)));
    }

    Optional<String> database() {
        return as(DATABASE).map(made -> DumpNames.bare(made.group(1)));
    }

    /** What a setting is set to. */
    Optional<String> setting(String name) {
        return as(SETTING).filter(set -> set.group(1).equals(name)).map(set -> set.group(2));
    }

    /** Whether it adds something to a table that is there. */
    boolean isOnTable() {
        return as(ON_TABLE).isPresent();
    }

    /** Whether it is about what all databases of a server share. */
    boolean isOfCluster() {
        return as(OF_CLUSTER).isPresent();
    }

    /** Whether it takes something away that a new database does not have. */
    boolean drops() {
        return text.startsWith("SELECT pg_catalog.lo_unlink(")
                || (as(DROP).isPresent() && as(DROP_PUBLIC).isEmpty());
    }

    /** The roles that it names. */
    Set<String> roles() {
        Set<String> roles = new TreeSet<>();
        switch (verb()) {
            case "ALTER" -> {
                add(roles, OWNER);
                add(roles, DEFAULTS);
                if (text.startsWith("ALTER DEFAULT PRIVILEGES ")) {
                    add(roles, GRANTEE);
                }
            }
            case "GRANT", "REVOKE" -> add(roles, GRANTEE);
            case "SET" -> add(roles, AUTHORIZATION);
            case "CREATE" -> {
                add(roles, ROLE);
                add(roles, AUTHORIZATION);
                roles.addAll(MissingRoles.named(text));
            }
            default -> {}
        }
        roles.removeIf(role -> NO_ROLES.contains(role.toLowerCase(Locale.ROOT)) || role.startsWith("pg_"));
        return roles;
    }

    private void add(Set<String> roles, Pattern form) {
        Matcher matcher = form.matcher(text);
        if (matcher.find()) {
            for (int i = 1; i <= matcher.groupCount(); i++) {
                Optional.ofNullable(matcher.group(i)).map(DumpNames::bare).ifPresent(roles::add);
            }
        }
    }
}
