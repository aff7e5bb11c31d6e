package dev.holdfast.postgres;

import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Severity;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the sequences of a database stand. They are in no snapshot, so they are read twice: once it is taken and its tables are locked, and last of all. What was
 * handed out to rows of the snapshot is below the first reading and what was handed out since below the last one, unless somebody set the
 * sequence back in between; then the first one counts, since the rows may need it.
 */
final class Sequences {
    private static final int AT_ONCE = 500;

    private static final Pattern SETVAL =
            Pattern.compile("SELECT pg_catalog\\.setval\\('((?:[^']|'')*)', (-?\\d+), (true|false)\\);");

    /** A sequence's name in SQL, and whether its values rise; empty where it begins anew at its end. */
    private record Sequence(String name, Optional<Boolean> rises) {}

    private record Value(long last, boolean called) {
        boolean isBehind(Value other, boolean rises) {
            boolean behind = rises ? last < other.last : last > other.last;
            return behind || (last == other.last && other.called && !called); // its last value is handed out again
        }

        String statement(Sequence sequence) {
            return "SELECT pg_catalog.setval(" + Sql.value(sequence.name()) + ", " + last + ", " + called + ");";
        }
    }

    private final List<Sequence> sequences;
    private final Map<String, Value> first;

    private Sequences(List<Sequence> sequences, Map<String, Value> first) {
        this.sequences = sequences;
        this.first = first;
    }

    /** The first reading. */
    static Sequences read(Connection connection) {
        List<Sequence> sequences = PgConnections.rows(connection, "listing sequences", Sql.text("sequences")).stream()
                .map(row -> new Sequence(
                        Sql.name(row.get(0), row.get(1)),
                        row.get(3).equals("t")
                                ? Optional.empty()
                                : Optional.of(row.get(2).equals("t"))))
                .toList();
        return new Sequences(sequences, values(connection, sequences));
    }

    private static Map<String, Value> values(Connection connection, List<Sequence> sequences) {
        Map<String, Value> values = new HashMap<>();
        for (int from = 0; from < sequences.size(); from += AT_ONCE) {
            List<String> queries = sequences.subList(from, Math.min(from + AT_ONCE, sequences.size())).stream()
                    .map(sequence ->
                            "SELECT " + Sql.value(sequence.name()) + ", last_value, is_called FROM " + sequence.name())
                    .toList();
            PgConnections.rows(connection, "reading sequences", String.join(" UNION ALL ", queries))
                    .forEach(row -> values.put(
                            row.get(0),
                            new Value(Long.parseLong(row.get(1)), row.get(2).equals("t"))));
        }
        return values;
    }

    /** Reads them again, last of all; statements that bring them back. One that was set back is a finding. */
    String statements(Connection connection, Run run) {
        Map<String, Value> last = values(connection, sequences);
        var statements = new StringBuilder();
        for (Sequence sequence : sequences) {
            Value value = later(sequence, last, run);
            statements.append(value.statement(sequence)).append("\n");
        }
        return statements.toString();
    }

    /**
     * Brings up to a backup's values those sequences that are behind them. None is set back: what it has handed out since may be in use
     * outside of the database. An ALTER first keeps others from the sequence, and makes what follows part of the transaction.
     *
     * @param statements as {@link #statements} gave them
     * @param wantedOnes which sequences are looked at, by their names in SQL
     * @return what was done
     */
    static List<String> bringUp(Connection connection, String statements, Predicate<String> wantedOnes) {
        Map<String, Value> wanted = wanted(statements);
        Sequences now = read(connection);
        List<String> done = new ArrayList<>();
        for (Sequence sequence : now.sequences) {
            Value value = wanted.get(sequence.name());
            if (value != null && now.isBehind(sequence, value) && wantedOnes.test(sequence.name())) {
                PgConnections.execute(
                        connection, "locking a sequence", "ALTER SEQUENCE " + sequence.name() + " NO CYCLE");
                Value before = Objects.requireNonNull(
                        values(connection, List.of(sequence)).get(sequence.name()));
                if (before.isBehind(value, sequence.rises().orElseThrow())) {
                    PgConnections.execute(
                            connection,
                            "bringing a sequence up",
                            "ALTER SEQUENCE " + sequence.name() + " RESTART; " + value.statement(sequence));
                    done.add("sequence " + sequence.name() + " brought up from " + before.last() + " to "
                            + value.last());
                }
            }
        }
        return done;
    }

    private static Map<String, Value> wanted(String statements) {
        Map<String, Value> wanted = new HashMap<>();
        Matcher statement = SETVAL.matcher(statements);
        while (statement.find()) {
            wanted.put(
                    statement.group(1).replace("''", "'"),
                    new Value(
                            Long.parseLong(statement.group(2)),
                            statement.group(3).equals("true")));
        }
        return wanted;
    }

    /** Those that stand behind a backup's values, or are not there, by their names in SQL. */
    static List<String> behind(Connection connection, String statements) {
        Map<String, Value> wanted = wanted(statements);
        Sequences now = read(connection);
        List<String> behind = new ArrayList<>();
        for (Sequence sequence : now.sequences) {
            Value value = wanted.remove(sequence.name());
            if (value != null && now.isBehind(sequence, value)) {
                behind.add(sequence.name());
            }
        }
        behind.addAll(wanted.keySet());
        return behind;
    }

    private boolean isBehind(Sequence sequence, Value wanted) {
        Value now = first.get(sequence.name());
        return now != null
                && sequence.rises().isPresent()
                && now.isBehind(wanted, sequence.rises().get());
    }

    private Value later(Sequence sequence, Map<String, Value> last, Run run) {
        Value before = first.get(sequence.name());
        Value after = last.get(sequence.name());
        if (before == null || after == null) {
            throw new IllegalStateException("no value of sequence " + sequence.name());
        }
        if (sequence.rises().isEmpty()
                || !after.isBehind(before, sequence.rises().get())) {
            return after;
        }
        run.finding(new Finding(
                Severity.WARNING,
                "sequence_set_back",
                sequence.name(),
                "sequence " + sequence.name() + " was set back from " + before.last() + " to " + after.last()
                        + " while the backup was taken: the backup has " + before.last()
                        + ", which its rows may need"));
        return before;
    }
}
