package dev.holdfast.testing;

import dev.holdfast.json.Json;
import dev.holdfast.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Every way to spoil one member of a JSON object, at any depth: missing, null, of another type, out of range, a path that leaves the
 * folder, double, and one member too many.
 */
public final class HostileJson {
    private static final List<@Nullable Object> WRONG = wrong();

    private final BiConsumer<String, byte[]> each;
    private final JsonObject whole;

    private HostileJson(JsonObject whole, BiConsumer<String, byte[]> each) {
        this.whole = whole;
        this.each = each;
    }

    private static List<@Nullable Object> wrong() {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(null);
        values.addAll(
                List.of(-1L, 0L, Long.MAX_VALUE, Long.MIN_VALUE, 1.5, true, "", " ", "\0", "x", "../../etc/passwd"));
        values.addAll(List.of("9".repeat(40), "-1", new JsonObject(), List.of(), List.of(List.of()), List.of("x")));
        return values;
    }

    /** Gives every spoiled version of the object, as bytes, with words that say what was done to it. */
    public static void spoil(JsonObject whole, BiConsumer<String, byte[]> each) {
        var copy = Json.object(Json.bytes(whole));
        var hostile = new HostileJson(copy, each);
        hostile.spoilMembers("", copy);
    }

    private void spoilMembers(String path, JsonObject object) {
        Map<String, @Nullable Object> members = object.members();
        for (String name : List.copyOf(members.keySet())) {
            @Nullable Object value = members.get(name);
            String here = path + "/" + name;
            for (Object wrong : WRONG) {
                members.put(name, wrong);
                tell(here + " = " + wrong);
            }
            members.remove(name);
            tell(here + " is missing");
            members.put(name, value);
            tellDouble(here, name);
            if (value instanceof JsonObject inner) {
                spoilMembers(here, inner);
            } else if (value instanceof List<?> items) {
                spoilItems(here, name, members, items);
            }
        }
        members.put("surprise", 1L);
        tell(path + "/surprise is there");
        members.remove("surprise");
    }

    private void spoilItems(String path, String name, Map<String, @Nullable Object> members, List<?> items) {
        for (int i = 0; i < items.size(); i++) {
            for (Object wrong : WRONG) {
                List<@Nullable Object> spoiled = new ArrayList<>(items);
                spoiled.set(i, wrong);
                members.put(name, spoiled);
                tell(path + "[" + i + "] = " + wrong);
            }
            members.put(name, items);
            if (items.get(i) instanceof JsonObject inner) {
                spoilMembers(path + "[" + i + "]", inner);
            } else if (items.get(i) instanceof List<?> cells) {
                spoilCells(path + "[" + i + "]", name, members, items, i, cells);
            }
        }
    }

    private void spoilCells(
            String path,
            String name,
            Map<String, @Nullable Object> members,
            List<?> items,
            int row,
            Collection<?> cells) {
        for (int i = 0; i < cells.size(); i++) {
            for (Object wrong : WRONG) {
                List<@Nullable Object> spoiled = new ArrayList<>(cells);
                spoiled.set(i, wrong);
                List<@Nullable Object> rows = new ArrayList<>(items);
                rows.set(row, spoiled);
                members.put(name, rows);
                tell(path + "[" + i + "] = " + wrong);
            }
        }
        members.put(name, items);
    }

    private void tell(String what) {
        each.accept(what, Json.bytes(whole));
    }

    /** The same name twice with the same value: which of two would count is anybody's guess. */
    private void tellDouble(String path, String name) {
        String text = Json.text(whole);
        String key = "\"" + name + "\":";
        int at = text.indexOf(key);
        String doubled = text.substring(0, at) + key + "1," + text.substring(at);
        each.accept(path + " is double", doubled.getBytes(StandardCharsets.UTF_8));
    }
}
