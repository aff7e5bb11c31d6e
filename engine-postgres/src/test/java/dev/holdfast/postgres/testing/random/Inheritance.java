package dev.holdfast.postgres.testing.random;

import java.util.List;
import java.util.stream.Stream;

/** Tables that inherit from others. */
final class Inheritance {
    private final Making making;
    private final Draw draw;
    private final Columns columns;
    private final Rows rows;

    Inheritance(Making making, Columns columns) {
        this.making = making;
        this.draw = making.draw;
        this.columns = columns;
        this.rows = new Rows(making);
    }

    void make() {
        Names names = making.columns();
        String parent = making.fresh();
        List<MadeTable.Column> upper = columns.columns(names, draw.between(1, 3));
        making.script.add("CREATE TABLE " + parent + " (" + list(upper) + ")");
        making.script.object("TABLE", parent);
        List<MadeTable.Column> own = columns.columns(names, draw.between(0, 2));
        String child = making.fresh();
        making.script.add(Kind.INHERITANCE, "CREATE TABLE " + child + " (" + list(own) + ") INHERITS (" + parent + ")");
        making.script.object("TABLE", child);
        rows.insert(parent, "", 1, upper, draw.between(0, 4));
        rows.insert(child, "", 1, concat(upper, own), draw.between(0, 4));
        if (draw.chance(0.6)) {
            MadeTable.Column later = columns.nullable(names);
            making.script.add(
                    Kind.INHERITANCE_COLUMN_ADDED_LATER, "ALTER TABLE " + parent + " ADD COLUMN " + later.sql());
            rows.insert(parent, "", 1, concat(upper, List.of(later)), draw.between(0, 4));
            rows.insert(child, "", 1, concat(concat(upper, own), List.of(later)), draw.between(1, 4));
        }
        if (draw.chance(0.4)) {
            String another = making.fresh();
            String field = names.fresh();
            making.script.add("CREATE TABLE " + another + " (" + field + " int)");
            making.script.add(
                    Kind.INHERITANCE_OF_TWO,
                    "CREATE TABLE " + making.fresh() + " (" + field + " int) INHERITS (" + parent + ", " + another
                            + ")");
        }
    }

    private String list(List<MadeTable.Column> drawn) {
        return String.join(", ", drawn.stream().map(columns::definition).toList());
    }

    private static List<MadeTable.Column> concat(List<MadeTable.Column> one, List<MadeTable.Column> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }
}
