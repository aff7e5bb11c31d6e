package dev.holdfast.postgres;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a statement of a backup does to large objects, so that it can be done to some of them.
 *
 * @param by the role that does it, in SQL; empty for whoever restores
 * @param head what stands before the number of an object; empty where objects are made
 * @param tail what stands behind it
 */
record LargeObjectStatement(Optional<String> by, List<Long> objects, String head, String tail) {
    private static final String OIDS = "'\\{([0-9,]+)\\}'::pg_catalog\\.oid\\[\\]";
    private static final String LITERAL = "(E?'(?:[^']++|'')*+')";
    private static final Pattern BY_ROLE =
            Pattern.compile("SET ROLE (" + DatabaseStatements.NAME + "); (.*) RESET ROLE;", Pattern.DOTALL);
    private static final Pattern MAKING =
            Pattern.compile("SELECT pg_catalog\\.count\\(pg_catalog\\.lo_create\\(o\\)\\) FROM pg_catalog\\.unnest\\("
                    + OIDS + "\\) AS o;");
    private static final Pattern ONE = Pattern.compile(
            "((?:ALTER|COMMENT ON|REVOKE ALL ON|GRANT [A-Z]+ ON|SECURITY LABEL FOR " + DatabaseStatements.NAME
                    + " ON) LARGE OBJECT )([0-9]+)( .*);",
            Pattern.DOTALL);
    private static final Pattern MANY = Pattern.compile("DO LANGUAGE plpgsql " + LITERAL + ";");
    private static final Pattern LOOP = Pattern.compile("DECLARE o pg_catalog\\.oid; BEGIN FOREACH o IN ARRAY " + OIDS
            + " LOOP EXECUTE " + LITERAL + " \\|\\| o \\|\\| " + LITERAL + "; END LOOP; END");
    private static final String OWNER = " OWNER TO ";

    /** A statement as the pieces of a backup hold it. */
    static LargeObjectStatement of(String statement) {
        Matcher byRole = BY_ROLE.matcher(statement);
        return byRole.matches()
                ? plain(Optional.of(byRole.group(1)), byRole.group(2))
                : plain(Optional.empty(), statement);
    }

    private static LargeObjectStatement plain(Optional<String> by, String statement) {
        Matcher making = MAKING.matcher(statement);
        if (making.matches()) {
            return new LargeObjectStatement(by, numbers(making.group(1)), "", "");
        }
        Matcher one = ONE.matcher(statement);
        if (one.matches()) {
            return new LargeObjectStatement(by, numbers(one.group(2)), one.group(1), one.group(3));
        }
        Matcher many = MANY.matcher(statement);
        if (many.matches()) {
            Matcher loop = LOOP.matcher(Sql.unquoted(many.group(1)));
            if (loop.matches()) {
                return new LargeObjectStatement(
                        by, numbers(loop.group(1)), Sql.unquoted(loop.group(2)), Sql.unquoted(loop.group(3)));
            }
        }
        throw new HoldfastException(
                ErrorCode.DAMAGED, "a statement about large objects is not understood: " + statement);
    }

    private static List<Long> numbers(String list) {
        return Arrays.stream(list.split(",")).map(Long::parseLong).toList();
    }

    /** Whether it makes objects. */
    boolean isMaking() {
        return head.isEmpty();
    }

    /** The role that it gives objects to, in SQL; empty when it does something else. */
    Optional<String> owner() {
        return head.startsWith("ALTER ") && tail.startsWith(OWNER)
                ? Optional.of(tail.substring(OWNER.length()))
                : Optional.empty();
    }

    /** Doing it to one object. */
    String about(long object) {
        return head + object + tail;
    }
}
