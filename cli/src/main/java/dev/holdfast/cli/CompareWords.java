package dev.holdfast.cli;

import dev.holdfast.compare.CompareReport;
import dev.holdfast.compare.SchemaDifference;
import dev.holdfast.compare.TableDifference;
import dev.holdfast.compare.TableDifference.Presence;
import dev.holdfast.compare.TableDifference.RowChange;
import dev.holdfast.json.JsonObject;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a comparison found, for people and for programs. */
final class CompareWords {
    private static final int LONGEST_VALUE = 60;
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\x80-\\x9f&&[^\\t]]+");

    private CompareWords() {}

    static void print(CompareReport report, String backup, String with, PrintStream out) {
        out.println("--- " + backup);
        out.println("+++ " + with);
        report.schema()
                .ifPresentOrElse(
                        schema -> print(schema, out),
                        () -> out.println("schema       not compared, since tables were named"));
        List<TableDifference> differing =
                report.tables().stream().filter(table -> !table.isSame()).toList();
        int same = report.tables().size() - differing.size();
        report.readInFull().ifPresent(why -> out.println("read         everything: " + why));
        out.println("rows         " + Words.count(differing.size(), "table differs", "tables differ") + ", "
                + Words.count(same) + " the same");
        var table = new TextTable("TABLE", "INSERTED", "DELETED", "CHANGED", "");
        differing.forEach(each -> table.row(
                each.name(),
                Words.count(each.inserted()),
                Words.count(each.deleted()),
                each.key().isEmpty() ? "" : Words.count(each.changed()),
                remark(each)));
        table.print(out);
        for (TableDifference each : differing) {
            if (!each.samples().isEmpty()) {
                out.println();
                out.println(plain(each.name()));
                each.samples().forEach(row -> print(row, each.key(), out));
            }
        }
    }

    private static void print(SchemaDifference schema, PrintStream out) {
        if (schema.isSame()) {
            out.println("schema       the same");
            return;
        }
        out.println("schema       " + Words.count(schema.objects().size(), "object differs", "objects differ"));
        schema.objects()
                .forEach(change -> out.println(
                        String.format(Locale.ROOT, "  %-8s %s", word(change.change()), plain(change.object()))));
        out.println();
        schema.unified().lines().forEach(line -> out.println(plain(line)));
        out.println();
    }

    private static String word(SchemaDifference.Change change) {
        return change.name().toLowerCase(Locale.ROOT);
    }

    private static String remark(TableDifference table) {
        List<String> remarks = new ArrayList<>();
        if (table.presence() == Presence.BACKUP_ONLY) {
            remarks.add("gone");
        } else if (table.presence() == Presence.OTHER_ONLY) {
            remarks.add("new");
        } else if (table.key().isEmpty()) {
            remarks.add("not paired: no primary key on both sides");
        }
        if (!table.notCompared().isEmpty()) {
            remarks.add("not compared: " + String.join(", ", table.notCompared()));
        }
        return String.join("; ", remarks);
    }

    /** Prints one row. */
    static void print(RowChange row, List<String> key, PrintStream out) {
        if (row.before().isPresent() && row.after().isPresent()) {
            Map<String, @Nullable String> before = row.before().get();
            Map<String, @Nullable String> after = row.after().get();
            String changes = after.keySet().stream()
                    .filter(column -> before.containsKey(column) && !same(before.get(column), after.get(column)))
                    .map(column -> column + ": " + changed(before.get(column), after.get(column)))
                    .collect(Collectors.joining(", "));
            String which = key.stream()
                    .map(column ->
                            column + "=" + (before.containsKey(column) ? value(before.get(column)) : "(too long)"))
                    .collect(Collectors.joining(", "));
            out.println("  ~ "
                    + plain(which + ": " + (changes.isEmpty() ? "differs where it is too long to be shown" : changes)));
        } else {
            row.before().ifPresent(values -> out.println("  - " + all(values)));
            row.after().ifPresent(values -> out.println("  + " + all(values)));
        }
    }

    private static boolean same(@Nullable String one, @Nullable String two) {
        return Optional.ofNullable(one).equals(Optional.ofNullable(two));
    }

    private static String all(Map<String, @Nullable String> values) {
        return plain(values.entrySet().stream()
                .map(value -> value.getKey() + "=" + value(value.getValue()))
                .collect(Collectors.joining(", ")));
    }

    /** Two values, from shortly before where they begin to differ. */
    private static String changed(@Nullable String before, @Nullable String after) {
        int same = 0;
        if (before != null && after != null) {
            while (same < before.length() && same < after.length() && before.charAt(same) == after.charAt(same)) {
                same++;
            }
        }
        int from = same < LONGEST_VALUE / 2 ? 0 : same - LONGEST_VALUE / 3;
        return value(cut(before, from)) + " -> " + value(cut(after, from));
    }

    private static @Nullable String cut(@Nullable String value, int from) {
        return value == null || from == 0 ? value : "..." + value.substring(from);
    }

    private static String value(@Nullable String value) {
        if (value == null) {
            return "null";
        }
        return value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "..." : value;
    }

    /** Rows and names must not move the reader's terminal. */
    private static String plain(String text) {
        return CONTROL.matcher(text).replaceAll(" ");
    }

    static JsonObject json(CompareReport report) {
        return new JsonObject()
                .put("same", report.isSame())
                .put("schema", report.schema().map(CompareWords::json).orElse(null))
                .put("kept_bytes", report.keptBytes())
                .put("read_in_full", report.readInFull().orElse(null))
                .put("tables", report.tables().stream().map(CompareWords::json).toList());
    }

    private static JsonObject json(SchemaDifference schema) {
        return new JsonObject()
                .put("same", schema.isSame())
                .put(
                        "objects",
                        schema.objects().stream()
                                .map(change -> new JsonObject()
                                        .put("change", word(change.change()))
                                        .put("object", change.object()))
                                .toList())
                .put("diff", schema.unified());
    }

    private static JsonObject json(TableDifference table) {
        return new JsonObject()
                .put("name", table.name())
                .put("same", table.isSame())
                .put("presence", table.presence().name().toLowerCase(Locale.ROOT))
                .put("inserted", table.inserted())
                .put("deleted", table.deleted())
                .put("changed", table.changed())
                .put("key", table.key())
                .put("not_compared", table.notCompared())
                .put("rows", table.samples().stream().map(CompareWords::json).toList());
    }

    private static JsonObject json(RowChange row) {
        return new JsonObject()
                .put("before", row.before().map(CompareWords::json).orElse(null))
                .put("after", row.after().map(CompareWords::json).orElse(null));
    }

    private static JsonObject json(Map<String, @Nullable String> values) {
        var json = new JsonObject();
        values.forEach(json::put);
        return json;
    }
}
