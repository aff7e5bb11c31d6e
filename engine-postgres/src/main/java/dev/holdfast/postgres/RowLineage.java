package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.holdfast.json.JsonObject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What decides the text of a table's rows, beside the rows themselves: while it is equal, the same versions of rows have the same text.
 *
 * @param columns a hash over the columns, by number
 * @param types a hash over the types of the columns and all that stands behind them
 * @param namesOthers whether some text is the name of another object, which can be renamed without a trace in the table
 */
record RowLineage(String columns, String types, boolean namesOthers) {
    private static final String DOING = "looking at the types of columns";

    private record Type(List<Long> behind, boolean namesOthers, String hash) {}

    /** The lineages of tables, by their oids. */
    static Map<Long, RowLineage> read(Connection lead, List<Table> tables) {
        Map<Long, RowLineage> lineages = new HashMap<>();
        List<List<String>> columns = rows(lead, "columns", tables.stream().map(Table::oid));
        Set<Long> direct =
                columns.stream().flatMap(row -> numbers(row.get(2)).stream()).collect(Collectors.toSet());
        Map<Long, Type> types = new HashMap<>();
        for (List<String> row : rows(lead, "types", direct.stream())) {
            types.put(
                    Long.valueOf(row.get(0)),
                    new Type(numbers(row.get(1)), row.get(2).equals("t"), row.get(3)));
        }
        for (List<String> row : columns) {
            Set<Long> closure = closure(numbers(row.get(2)), types);
            lineages.put(
                    Long.valueOf(row.get(0)),
                    new RowLineage(
                            row.get(1),
                            hash(closure, types),
                            closure.stream().anyMatch(oid -> type(oid, types).namesOthers)));
        }
        return lineages;
    }

    private static List<List<String>> rows(Connection lead, String query, Stream<Long> oids) {
        String array = oids.map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
        return PgConnections.rows(lead, DOING, String.format(Sql.text(query), Sql.value(array)));
    }

    private static List<Long> numbers(String listed) {
        return Stream.of(listed.split(","))
                .filter(number -> !number.isEmpty())
                .map(Long::valueOf)
                .toList();
    }

    private static Set<Long> closure(Collection<Long> from, Map<Long, Type> types) {
        Set<Long> closure = new TreeSet<>();
        Deque<Long> open = new ArrayDeque<>(from);
        while (!open.isEmpty()) {
            long oid = open.remove();
            if (closure.add(oid)) {
                open.addAll(type(oid, types).behind);
            }
        }
        return closure;
    }

    private static Type type(Long oid, Map<Long, Type> types) {
        return Objects.requireNonNull(types.get(oid), () -> "no type " + oid);
    }

    private static String hash(Set<Long> closure, Map<Long, Type> types) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            for (Long oid : closure) {
                sha.update(type(oid, types).hash.getBytes(US_ASCII));
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    JsonObject json() {
        return new JsonObject().put("columns", columns).put("types", types);
    }
}
