package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a dump says of one database. Used by one thread. */
final class DumpedDatabase {
    private final String name;

    /** How many rows of each table the dump has; tables by their names in SQL. */
    final Map<String, Long> rows = new TreeMap<>();

    /** The tables that it makes, by their names in SQL. */
    final Set<String> tables = new TreeSet<>();

    /** The extensions that it makes, and the schema of each, in its order. */
    final Map<String, String> extensions = new LinkedHashMap<>();

    /** Statements that bring sequences to their values. */
    final List<String> sequences = new ArrayList<>();

    /** Statements that fill materialized views. */
    final List<String> refreshes = new ArrayList<>();

    /** Statements that make constraints which rows may break. */
    final List<String> notValid = new ArrayList<>();

    /** How many large objects it makes. */
    long largeObjects;

    /** In what encoding the dump is. */
    String encoding = "UTF8";

    DumpedDatabase(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    void addRows(String table, long count) {
        rows.merge(table, count, Long::sum);
    }

    long allRows() {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }

    boolean isEmpty() {
        return rows.isEmpty() && tables.isEmpty() && extensions.isEmpty() && sequences.isEmpty() && largeObjects == 0;
    }

    /** What it says that can be looked for in the restored database, as a backup's piece of that name would say it. */
    Optional<byte[]> piece(String piece) {
        Map<String, List<String>> pieces =
                Map.of("sequences.sql", sequences, "refresh.sql", refreshes, "schema.sql", notValid);
        return Optional.ofNullable(pieces.get(piece)).map(texts -> (String.join("\n", texts) + "\n").getBytes(UTF_8));
    }
}
