package dev.holdfast.postgres.testing;

import java.util.ArrayList;
import java.util.List;

/**
 * All by which two databases are compared, found by PostgreSQL's own programs and without any code of what is tested.
 *
 * @param schema the lines of pg_dump
 * @param catalogs the rows of the server's catalogs
 * @param rows of each table the count and a fingerprint, and where each sequence stands; of each large object a fingerprint
 */
public record Likeness(List<String> schema, List<String> catalogs, List<String> rows) {
    private static final int WIDTH = 600;

    public static Likeness of(TestDatabase database) {
        List<String> rows = new ArrayList<>(IndependentRows.sequences(database));
        rows.addAll(IndependentRows.largeObjects(database));
        IndependentRows.of(database).forEach((name, row) -> rows.add(name + " " + row));
        return new Likeness(SchemaTexts.of(database), Catalogs.of(database), rows);
    }

    /** What only one of two databases has, for people; nothing when they are alike. The order of lines says nothing. */
    public List<String> unlike(Likeness other) {
        List<String> differences = new ArrayList<>();
        compare("schema", schema, other.schema, differences);
        compare("catalog", catalogs, other.catalogs, differences);
        compare("rows", rows, other.rows, differences);
        return differences;
    }

    private static void compare(String what, List<String> these, List<String> those, List<String> differences) {
        minus(these, those).forEach(line -> differences.add(what + ", only in the first: " + shortened(line)));
        minus(those, these).forEach(line -> differences.add(what + ", only in the second: " + shortened(line)));
    }

    /** The lines of one that are not in the other, as often as there are more of them. */
    static List<String> minus(List<String> these, List<String> those) {
        List<String> sorted = those.stream().sorted().toList();
        List<String> left = new ArrayList<>();
        int j = 0;
        for (String line : these.stream().sorted().toList()) {
            while (j < sorted.size() && sorted.get(j).compareTo(line) < 0) {
                j++;
            }
            if (j < sorted.size() && sorted.get(j).equals(line)) {
                j++;
            } else {
                left.add(line);
            }
        }
        return left;
    }

    private static String shortened(String line) {
        return line.length() <= WIDTH ? line : line.substring(0, WIDTH) + " ...";
    }
}
