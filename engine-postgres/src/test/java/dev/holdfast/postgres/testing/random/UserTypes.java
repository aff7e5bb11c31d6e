package dev.holdfast.postgres.testing.random;

import static dev.holdfast.postgres.testing.random.ValueType.Trait.COLLATABLE;
import static dev.holdfast.postgres.testing.random.ValueType.Trait.NEVER_NULL;
import static dev.holdfast.postgres.testing.random.ValueType.Trait.ORDERED;
import static dev.holdfast.postgres.testing.random.ValueType.Trait.TOASTABLE;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Enums, domains, composites, ranges and arrays, made of each other. */
final class UserTypes {
    private final Making making;
    private final Draw draw;

    UserTypes(Making making) {
        this.making = making;
        this.draw = making.draw;
    }

    /** Some types, each of which may be made of the ones before. */
    void make(int count) {
        for (int i = 0; i < count; i++) {
            switch (draw.between(0, 5)) {
                case 0 -> enumeration();
                case 1, 2 -> domain();
                case 3 -> composite();
                case 4 -> range();
                default -> array();
            }
        }
    }

    private void keep(Kind kind, String statement, ValueType type) {
        making.script.add(kind, statement);
        making.types.add(type);
        making.types.add(type); // so that it is drawn more often than each of the many that the server brings
        making.types.add(type);
    }

    private void enumeration() {
        String name = making.fresh();
        Names labels = making.columns();
        List<String> drawn = Draw.times(draw.between(1, 5), () -> label(labels.fresh()));
        var type = new ValueType(name, d -> d.of(drawn) + "::" + name, EnumSet.of(ORDERED));
        keep(Kind.ENUM, "CREATE TYPE " + name + " AS ENUM (" + String.join(", ", drawn) + ")", type);
        making.script.object("TYPE", name);
        if (draw.chance(0.5)) {
            making.script.add("ALTER TYPE " + name + " ADD VALUE " + label(labels.fresh()) + " BEFORE " + drawn.get(0));
        }
    }

    /** A name as it is quoted for names, quoted for values. */
    private static String label(String name) {
        return Texts.quoted(name.substring(1, name.length() - 1).replace("\"\"", "\""));
    }

    private void domain() {
        ValueType base = draw.of(making.types);
        String name = making.fresh();
        boolean notNull = draw.chance(0.3);
        boolean check = draw.chance(0.5);
        var sql = new StringBuilder("CREATE DOMAIN " + name + " AS " + base.sql());
        Set<ValueType.Trait> traits = EnumSet.noneOf(ValueType.Trait.class);
        traits.addAll(base.traits());
        traits.remove(ValueType.Trait.BUILT_IN);
        if (base.is(COLLATABLE) && draw.chance(0.3)) {
            sql.append(" COLLATE \"C\"");
        }
        if (draw.chance(0.3)) {
            base.constant(draw).ifPresent(value -> sql.append(" DEFAULT ").append(value));
        }
        if (notNull) {
            sql.append(" NOT NULL");
            making.script.count(Kind.DOMAIN_NOT_NULL);
            traits.add(NEVER_NULL);
        }
        if (check) {
            sql.append(" CONSTRAINT ")
                    .append(making.bare())
                    .append(" CHECK (VALUE IS NULL OR pg_catalog.length(VALUE::text) >= 0)");
            making.script.count(Kind.DOMAIN_CHECK);
        }
        keep(Kind.DOMAIN, sql.toString(), new ValueType(name, d -> base.value(d) + "::" + name, traits));
        making.script.object("DOMAIN", name);
        if (draw.chance(0.2)) {
            making.script.add(
                    "ALTER DOMAIN " + name + " ADD CONSTRAINT " + making.bare() + " CHECK (VALUE IS NULL) NOT VALID");
            making.types.removeIf(type -> type.sql().equals(name)); // no value passes that any more
        }
    }

    private void composite() {
        String name = making.fresh();
        Names fields = making.columns();
        List<ValueType> parts = Draw.times(draw.between(1, 4), () -> draw.of(making.types));
        List<String> definitions = new ArrayList<>();
        parts.forEach(part -> definitions.add(
                fields.fresh() + " " + part.sql() + (part.is(COLLATABLE) && draw.chance(0.2) ? " COLLATE \"C\"" : "")));
        var type = new ValueType(
                name,
                d -> "ROW(" + parts.stream().map(part -> part.cell(d)).collect(Collectors.joining(", ")) + ")::" + name,
                EnumSet.of(TOASTABLE));
        keep(Kind.COMPOSITE_TYPE, "CREATE TYPE " + name + " AS (" + String.join(", ", definitions) + ")", type);
        making.script.object("TYPE", name);
    }

    private void range() {
        List<ValueType> ordered = making.types.stream()
                .filter(type ->
                        type.is(ORDERED) && !type.is(NEVER_NULL) && !type.sql().matches(".*(\\(|interval ).*"))
                .toList();
        ValueType base = draw.of(ordered);
        String name = making.bare();
        String multi = making.bare();
        boolean collated = base.is(COLLATABLE) && draw.chance(0.5);
        making.script.add(
                Kind.RANGE_TYPE,
                "CREATE TYPE " + making.in(name) + " AS RANGE (SUBTYPE = " + base.sql()
                        + (collated ? ", COLLATION = \"C\"" : "") + ", MULTIRANGE_TYPE_NAME = " + making.in(multi)
                        + ")");
        making.script.object("TYPE", making.in(name));
        var range = new ValueType(
                making.in(name),
                d -> bounds(d, base, making.in(name), collated),
                base.is(ValueType.Trait.BUILT_IN) ? EnumSet.of(ORDERED) : Set.of());
        making.types.add(range);
        making.types.add(range);
        making.script.count(Kind.MULTIRANGE);
        making.types.add(new ValueType(
                making.in(multi),
                d -> making.in(multi) + "(" + range.value(d) + ", " + range.value(d) + ")",
                Set.of()));
    }

    private static String bounds(Draw draw, ValueType base, String name, boolean collated) {
        if (draw.chance(0.2)) {
            return draw.of("'empty'", "'(,)'") + "::" + name;
        }
        String collation = collated ? " COLLATE \"C\"" : "";
        return draw.of(
                name + "(" + base.value(draw) + ", NULL)",
                "(SELECT " + name + "(least(a, b), greatest(a, b), '" + draw.of("[]", "[)", "(]", "()")
                        + "') FROM (VALUES (" + base.value(draw) + collation + ", " + base.value(draw)
                        + ")) AS v(a, b))");
    }

    private void array() {
        ValueType element = draw.of(making.types);
        if (element.sql().endsWith("[]") || element.sql().endsWith("vector")) {
            return;
        }
        String name = element.sql() + "[]";
        if (!element.is(ValueType.Trait.BUILT_IN)) {
            making.script.count(Kind.ARRAY_OF_MADE_TYPE);
        }
        making.types.add(new ValueType(
                name,
                d -> d.chance(0.2)
                        ? "'{}'::" + name
                        : "ARRAY[" + element.cell(d) + ", " + element.cell(d) + ", " + element.cell(d) + "]::" + name,
                EnumSet.of(TOASTABLE)));
    }
}
