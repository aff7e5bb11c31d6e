package dev.holdfast.repository;

import java.util.Locale;
import java.util.regex.Pattern;

/** The name of a source inside a repository: {@code [a-z0-9][a-z0-9._-]{0,62}}, but not {@code open}. */
public record SourceName(String value) implements Comparable<SourceName> {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private static final int LONGEST_BASE = 58;

    /** The journal's folder for runs that are under way. */
    private static final String RESERVED = "open";

    public SourceName {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a source name: " + value);
        }
    }

    /** Whether the text can be a source's name. */
    public static boolean isValid(String text) {
        return FORM.matcher(text).matches() && !text.equals(RESERVED);
    }

    /** A name made from a database's own name: lower case, other characters as dashes; five characters stay free for a suffix. */
    public static SourceName from(String databaseName) {
        String name = databaseName.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "-");
        if (name.isEmpty() || !FORM.matcher(name.substring(0, 1)).matches()) {
            name = "db" + name;
        }
        if (name.equals(RESERVED)) {
            name = "db-" + name;
        }
        return new SourceName(name.length() > LONGEST_BASE ? name.substring(0, LONGEST_BASE) : name);
    }

    /** The same name with a suffix behind a dash. */
    public SourceName with(String suffix) {
        return new SourceName(value + "-" + suffix);
    }

    @Override
    public int compareTo(SourceName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
