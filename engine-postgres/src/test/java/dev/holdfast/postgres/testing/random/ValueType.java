package dev.holdfast.postgres.testing.random;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A type for columns, and how values of it are written.
 *
 * @param sql its name in SQL
 * @param written an expression of the type that is not NULL
 */
record ValueType(String sql, Function<Draw, String> written, Set<Trait> traits) {
    /** What can be done with a type. */
    enum Trait {
        /** NULL is not among its values. */
        NEVER_NULL,
        /** Its values are short and have an order. */
        ORDERED,
        /** It takes COLLATE. */
        COLLATABLE,
        /** Its values may be stored apart, and compressed. */
        TOASTABLE,
        /** The server brings it. */
        BUILT_IN
    }

    private static final double NULLS = 0.15;

    ValueType {
        traits = traits.isEmpty() ? EnumSet.noneOf(Trait.class) : EnumSet.copyOf(traits);
    }

    boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /** An expression, never NULL. */
    String value(Draw draw) {
        return written.apply(draw);
    }

    /** An expression that may be a default, where one can be had: no query, and no role, since roles are not the database's own. */
    Optional<String> constant(Draw draw) {
        return Optional.of(value(draw)).filter(value -> !value.contains("(SELECT ") && !value.contains("::regrole"));
    }

    /** An expression for a place that may be empty: sometimes NULL, where the type allows it. */
    String cell(Draw draw) {
        return !is(Trait.NEVER_NULL) && draw.chance(NULLS) ? "NULL" : value(draw);
    }
}
