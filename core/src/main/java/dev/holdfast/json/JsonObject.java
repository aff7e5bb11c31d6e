package dev.holdfast.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object whose members keep their order. Values are {@code String}, {@code Long}, {@code Double}, {@code Boolean},
 * {@code JsonObject}, {@code List} of these, or absent for null. Each reader names the member that is missing or of the wrong type in a
 * {@link JsonException}. Not safe for use by several threads while it is being filled.
 */
public final class JsonObject {
    private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

    /** Sets a member; null writes a JSON null. Lists and objects are taken as they are, not copied. */
    public JsonObject put(String name, @Nullable Object value) {
        if (value instanceof Integer number) {
            members.put(name, number.longValue());
        } else if (value == null
                || value instanceof String
                || value instanceof Long
                || value instanceof Double
                || value instanceof Boolean
                || value instanceof JsonObject
                || value instanceof Collection<?>) {
            members.put(name, value);
        } else {
            throw new IllegalArgumentException(name + ": no JSON form of " + value.getClass());
        }
        return this;
    }

    /** Sets a member unless the value is absent. */
    public JsonObject putIfPresent(String name, Optional<?> value) {
        value.ifPresent(present -> put(name, present));
        return this;
    }

    public Map<String, @Nullable Object> members() {
        return members;
    }

    public boolean has(String name) {
        return members.get(name) != null;
    }

    public String string(String name) {
        return typed(name, String.class, "a string");
    }

    public Optional<String> optionalString(String name) {
        return has(name) ? Optional.of(string(name)) : Optional.empty();
    }

    /** A whole number that is not negative; counts, sizes and offsets are never below zero. */
    public long count(String name) {
        long value = typed(name, Long.class, "a whole number");
        if (value < 0) {
            throw new JsonException("member '" + name + "' is below zero");
        }
        return value;
    }

    public boolean flag(String name) {
        return typed(name, Boolean.class, "true or false");
    }

    public JsonObject object(String name) {
        return typed(name, JsonObject.class, "an object");
    }

    public Optional<JsonObject> optionalObject(String name) {
        return has(name) ? Optional.of(object(name)) : Optional.empty();
    }

    /** The items of an array of objects, each mapped. */
    public <T> List<T> objects(String name, Function<JsonObject, T> item) {
        return items(name, JsonObject.class, "an array of objects", item);
    }

    public List<String> strings(String name) {
        return items(name, String.class, "an array of strings", Function.identity());
    }

    private <J, T> List<T> items(String name, Class<J> type, String what, Function<J, T> item) {
        List<T> result = new ArrayList<>();
        for (Object each : typed(name, List.class, "an array")) {
            if (!type.isInstance(each)) {
                throw new JsonException("member '" + name + "' is not " + what);
            }
            result.add(item.apply(type.cast(each)));
        }
        return result;
    }

    private <T> T typed(String name, Class<T> type, String what) {
        Object value = members.get(name);
        if (value == null) {
            throw new JsonException("member '" + name + "' is missing");
        }
        if (!type.isInstance(value)) {
            throw new JsonException("member '" + name + "' is not " + what);
        }
        return type.cast(value);
    }

    /** Refuses members that are not in the given set: a name we do not know may mean what we must not ignore. */
    public JsonObject only(Set<String> known) {
        for (String name : members.keySet()) {
            if (!known.contains(name)) {
                throw new JsonException("member '" + name + "' is not known");
            }
        }
        return this;
    }

    /** Equal when the members are, in any order. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonObject that && members.equals(that.members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    /** The object as compact JSON. */
    @Override
    public String toString() {
        return Json.text(this);
    }
}
