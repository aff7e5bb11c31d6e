package dev.holdfast.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * Which fields of one side's records are compared, and which are the key. Columns are numbered alike on both sides.
 *
 * @param fields for each field of a record the number of its column, or -1 where the other side has none of that name
 * @param keyColumns the numbers of the key's columns
 * @param columns how many columns are compared
 * @param isWhole whether records of both sides have the same fields in the same order
 */
record RowShape(List<Integer> fields, List<Integer> keyColumns, int columns, boolean isWhole) {
    RowShape {
        fields = List.copyOf(fields);
        keyColumns = List.copyOf(keyColumns);
    }

    /**
     * The shape of a side.
     *
     * @param key the key's columns; both sides have them all
     */
    static RowShape of(List<String> side, List<String> other, List<String> common, List<String> key) {
        List<Integer> fields = new ArrayList<>();
        side.forEach(column -> fields.add(common.indexOf(column)));
        return new RowShape(fields, key.stream().map(common::indexOf).toList(), common.size(), side.equals(other));
    }

    int column(int field) {
        return fields.get(field);
    }

    boolean isKey(int column) {
        return keyColumns.contains(column);
    }

    boolean hasKey() {
        return !keyColumns.isEmpty();
    }

    /** Fields from this one on say nothing that is asked. */
    int fieldsToLookAt() {
        if (!isWhole) {
            return fields.size();
        }
        int last = 0;
        for (int field = 0; field < fields.size(); field++) {
            if (fields.get(field) >= 0 && isKey(fields.get(field))) {
                last = field + 1;
            }
        }
        return last;
    }
}
