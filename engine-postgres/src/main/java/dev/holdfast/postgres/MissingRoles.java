package dev.holdfast.postgres;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Roles of a backup that the server lacks. Owners and rights can be left out; a policy or a user mapping cannot be without the role that it
 * is for.
 */
final class MissingRoles {
    private static final Predicate<String> FOR_ROLES =
            Pattern.compile("\\d+; \\d+ \\d+ (POLICY|USER MAPPING) .*").asMatchPredicate();
    private static final String NAME = "(?:\"(?:[^\"]|\"\")+\"|[a-z_][a-z0-9_$]*)";
    private static final Pattern POLICY = Pattern.compile(
            "^CREATE POLICY " + NAME + " ON " + NAME + "\\." + NAME + "(?: AS RESTRICTIVE)?(?: FOR [A-Z]+)? TO (" + NAME
                    + "(?:, " + NAME + ")*)",
            Pattern.MULTILINE);
    private static final Pattern USER_MAPPING =
            Pattern.compile("^CREATE USER MAPPING FOR (" + NAME + ") SERVER ", Pattern.MULTILINE);

    private final List<String> missing;
    private final SchemaArchive archive;

    /**
     * @param missing at least one
     */
    MissingRoles(List<String> missing, SchemaArchive archive) {
        this.missing = missing;
        this.archive = archive;
    }

    /** Why the backup cannot be restored with owners and rights. */
    HoldfastException withOwners() {
        Set<String> needed = needed();
        String way = needed.isEmpty()
                ? "create them, or say --no-owner;"
                : "create them; --no-owner would not do, since policies or user mappings are for "
                        + String.join(", ", needed) + ";";
        return new HoldfastException(
                        ErrorCode.UNSUPPORTED,
                        "the server lacks roles that own something in the backup or have rights on it: "
                                + String.join(", ", missing))
                .withHint(
                        way
                                + " restore-without-holdfast-1.py in the repository prints the statements: SOURCE/ID --piece roles.sql");
    }

    /** An error when not even a restore without owners and rights can do without them. */
    void refuseWithoutOwners() {
        Set<String> needed = needed();
        if (!needed.isEmpty()) {
            throw new HoldfastException(
                            ErrorCode.UNSUPPORTED,
                            "the server lacks roles that policies or user mappings of the backup are for: "
                                    + String.join(", ", needed))
                    .withHint("create them: "
                            + needed.stream()
                                    .map(role -> "CREATE ROLE " + Sql.name(role) + ";")
                                    .collect(Collectors.joining(" ")));
        }
    }

    private Set<String> needed() {
        Set<String> needed = new TreeSet<>(named(archive.print(FOR_ROLES)));
        needed.retainAll(missing);
        return needed;
    }

    /** The roles that policies and user mappings name. */
    static Collection<String> named(String statements) {
        Set<String> named = new TreeSet<>();
        for (Pattern pattern : List.of(POLICY, USER_MAPPING)) {
            Matcher statement = pattern.matcher(statements);
            while (statement.find()) {
                Matcher role = Pattern.compile(NAME).matcher(statement.group(1));
                while (role.find()) {
                    named.add(role.group().replaceAll("^\"|\"$", "").replace("\"\"", "\""));
                }
            }
        }
        return named;
    }
}
