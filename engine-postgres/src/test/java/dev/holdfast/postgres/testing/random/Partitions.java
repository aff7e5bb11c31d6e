package dev.holdfast.postgres.testing.random;

import java.util.ArrayList;
import java.util.List;

/** Trees of partitions: by range, list and hash, of several levels, with default and foreign leaves. */
final class Partitions {
    private static final int DEEPEST = 3;
    /** Keys of rows are from 0 to this, and no row goes where a foreign leaf is. */
    private static final int KEYS = 40;

    private final Making making;
    private final Draw draw;
    private final Columns columns;
    private final Foreign foreign;

    Partitions(Making making, Columns columns, Foreign foreign) {
        this.making = making;
        this.draw = making.draw;
        this.columns = columns;
        this.foreign = foreign;
    }

    /** One tree. Each table in it is by one of two columns, so that a level below can cut differently. */
    void make() {
        String root = making.fresh();
        Names names = making.columns();
        String key = names.fresh();
        String other = names.fresh();
        List<MadeTable.Column> drawn = columns.columns(names, draw.between(0, 3));
        List<String> definitions = new ArrayList<>(List.of(key + " int", other + " text"));
        drawn.forEach(column -> definitions.add(columns.definition(column)));
        boolean byExpression = draw.chance(0.2);
        if (byExpression) {
            making.script.count(Kind.PARTITIONS_BY_EXPRESSION);
        }
        String by = byExpression ? "(" + key + " + 0)" : key;
        making.script.add(
                "CREATE TABLE " + root + " (" + String.join(", ", definitions) + ") PARTITION BY RANGE (" + by + ")");
        making.script.count(Kind.PARTITIONS_BY_RANGE);
        making.script.object("TABLE", root);
        int middle = draw.between(1, KEYS - 1);
        child(root, "FOR VALUES FROM (MINVALUE) TO (" + middle + ")", key, other, 1, definitions);
        child(root, "FOR VALUES FROM (" + middle + ") TO (" + (KEYS + 1) + ")", key, other, 1, definitions);
        boolean elsewhere = draw.chance(0.6) && foreign.leaf(root, "FOR VALUES FROM (1000) TO (2000)");
        if (draw.chance(0.5)) {
            making.script.add(
                    Kind.PARTITION_DEFAULT, "CREATE TABLE " + making.fresh() + " PARTITION OF " + root + " DEFAULT");
        }
        rows(root, key, other, drawn);
        // pg_dump cannot bring back as valid what is an index over a partition elsewhere
        if (!elsewhere && draw.chance(0.5)) {
            making.script.add("CREATE INDEX " + making.bare() + " ON " + root + " (" + key + ")");
        }
    }

    private void rows(String root, String key, String other, List<MadeTable.Column> drawn) {
        List<String> names = new ArrayList<>(List.of(key, other));
        drawn.forEach(column -> names.add(column.name()));
        for (int i = draw.between(0, 15); i > 0; i--) {
            List<String> cells =
                    new ArrayList<>(List.of(String.valueOf(draw.between(0, KEYS)), Texts.quoted(draw.hex(1))));
            drawn.forEach(column -> cells.add(column.type().cell(draw)));
            making.script.add("INSERT INTO " + root + " (" + String.join(", ", names) + ") VALUES ("
                    + String.join(", ", cells) + ")");
        }
    }

    /** A leaf, or a table that is cut again; some are made apart and attached. */
    private void child(String parent, String bounds, String key, String other, int depth, List<String> definitions) {
        String name = making.fresh();
        String cut = depth < DEEPEST && draw.chance(0.5)
                ? draw.of("LIST (" + other + ")", "HASH (" + key + ", " + other + ")")
                : "";
        String by = cut.isEmpty() ? "" : " PARTITION BY " + cut;
        if (draw.chance(0.3)) {
            making.script.add("CREATE TABLE " + name + " (" + String.join(", ", definitions) + ")" + by);
            making.script.add(
                    Kind.PARTITION_ATTACHED, "ALTER TABLE " + parent + " ATTACH PARTITION " + name + " " + bounds);
        } else {
            making.script.add("CREATE TABLE " + name + " PARTITION OF " + parent + " " + bounds + by);
        }
        making.script.object("TABLE", name);
        if (cut.startsWith("LIST")) {
            making.script.count(Kind.PARTITIONS_OF_PARTITIONS);
            making.script.count(Kind.PARTITIONS_BY_LIST);
            child(name, "FOR VALUES IN ('0', '1', '2', '3', NULL)", key, other, depth + 1, definitions);
            making.script.add(
                    Kind.PARTITION_DEFAULT, "CREATE TABLE " + making.fresh() + " PARTITION OF " + name + " DEFAULT");
        } else if (cut.startsWith("HASH")) {
            making.script.count(Kind.PARTITIONS_OF_PARTITIONS);
            making.script.count(Kind.PARTITIONS_BY_HASH);
            child(name, "FOR VALUES WITH (MODULUS 2, REMAINDER 0)", key, other, depth + 1, definitions);
            child(name, "FOR VALUES WITH (MODULUS 4, REMAINDER 1)", key, other, depth + 1, definitions);
            child(name, "FOR VALUES WITH (MODULUS 4, REMAINDER 3)", key, other, depth + 1, definitions);
        }
    }
}
