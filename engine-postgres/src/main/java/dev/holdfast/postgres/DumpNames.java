package dev.holdfast.postgres;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names as dumps have them: quoted where they have to be, with a schema or without. */
final class DumpNames {
    /** One name. */
    static final String NAME =
            "(?:\"(?:[^\"]++|\"\")++\"|[A-Za-z_\\x{80}-\\x{10ffff}][A-Za-z0-9_$\\x{80}-\\x{10ffff}]*+)";

    /** A name, perhaps with its schema before it. */
    static final String FULL = "(?:" + NAME + "\\.)?" + NAME;

    private static final Pattern PARTS = Pattern.compile("(?:(" + NAME + ")\\.)?(" + NAME + ")");

    private DumpNames() {}

    /** The name itself. */
    static String bare(String name) {
        return name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    }

    /**
     * The name with its schema, both quoted.
     *
     * @param schema of names that have none
     */
    static String quoted(String full, Optional<String> schema) {
        Matcher parts = PARTS.matcher(full);
        if (!parts.matches()) {
            return full;
        }
        String name = Sql.name(bare(parts.group(2)));
        return Optional.ofNullable(parts.group(1))
                .map(DumpNames::bare)
                .or(() -> schema)
                .map(within -> Sql.name(within) + "." + name)
                .orElse(name);
    }
}
