package dev.holdfast.postgres.testing.random;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The statements that make a database, and the count of what they make. */
final class Script {
    private final StringBuilder sql = new StringBuilder();
    private final Map<Kind, Integer> made = new EnumMap<>(Kind.class);
    private final Set<String> types = new TreeSet<>();
    private final List<String> objects = new ArrayList<>();

    /** A statement that makes something of a kind. */
    void add(Kind kind, String statement) {
        count(kind);
        add(statement);
    }

    void add(String statement) {
        sql.append(statement).append(";\n");
    }

    /** Something that a statement makes beside what it is there for. */
    void count(Kind kind) {
        made.merge(kind, 1, Integer::sum);
    }

    /** A type whose values are in rows. */
    void countType(String type) {
        types.add(type);
    }

    /** An object, as COMMENT ON names it. */
    void object(String kind, String name) {
        objects.add(kind + " " + name);
    }

    /** A statement that takes an object away. */
    void drop(Kind kind, String statement, String object) {
        add(kind, statement);
        objects.remove(object);
    }

    List<String> objects() {
        return objects;
    }

    String sql() {
        return sql.toString();
    }

    Map<Kind, Integer> made() {
        return made;
    }

    Set<String> types() {
        return types;
    }
}
