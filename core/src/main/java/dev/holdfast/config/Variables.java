package dev.holdfast.config;

import dev.holdfast.error.HoldfastException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills variables into values: <code>${NAME}</code>; <code>$${</code> stands for <code>${</code> itself, and any other dollar for itself. One
 * that is not set is remembered, since it matters only to whoever needs the values. Used by one thread.
 */
final class Variables {
    private static final Pattern MENTION = Pattern.compile("(\\$?)\\$\\{([^}]*)(}?)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Function<String, Optional<String>> environment;
    private final Set<String> names = new TreeSet<>();
    private Optional<HoldfastException> missing = Optional.empty();

    /**
     * @param environment what a variable says, if it is set
     */
    Variables(Function<String, Optional<String>> environment) {
        this.environment = environment;
    }

    /** The names of those that were filled in, or should have been. */
    Set<String> names() {
        return names;
    }

    /** What is said to whoever needs the values; empty when all variables were set. */
    Optional<HoldfastException> missing() {
        return missing;
    }

    String filled(String text, Place place) {
        Matcher mention = MENTION.matcher(text);
        var filled = new StringBuilder();
        while (mention.find()) {
            mention.appendReplacement(filled, Matcher.quoteReplacement(value(mention, place)));
        }
        return mention.appendTail(filled).toString();
    }

    private String value(Matcher mention, Place place) {
        String name = mention.group(2);
        if (!mention.group(1).isEmpty()) {
            return mention.group().substring(1);
        }
        if (mention.group(3).isEmpty() || !NAME.matcher(name).matches()) {
            throw place.error("'${' is not followed by the name of a variable and '}'")
                    .withHint("${NAME} is replaced by the variable NAME; $${ leaves ${ to the shell or the server");
        }
        names.add(name);
        Optional<String> value = environment.apply(name);
        if (value.isEmpty() && missing.isEmpty()) {
            missing = Optional.of(place.error("the variable " + name + " is not set")
                    .withHint("export " + name + "=...; $${ leaves ${ to the shell or the server"));
        }
        return value.orElse("");
    }
}
