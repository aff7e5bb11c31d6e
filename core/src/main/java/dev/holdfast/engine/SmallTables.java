package dev.holdfast.engine;

import java.util.List;
import java.util.Map;

/**
 * The tables of a moment, for the few small ones that say something about the database itself, such as which migrations it has seen. Used
 * by the thread that uses the capture.
 */
public interface SmallTables {
    /** The most characters of a value that are given. */
    int LONGEST_VALUE = 1_000;

    /** Every table whose rows belong to a backup. */
    List<TableHeading> headings();

    /**
     * Reads rows of one of the tables, in no order. A table that cannot be read is an error, after which the others can be read all the
     * same.
     *
     * @param columns which of its columns; never none
     * @param most how many rows at most, however many there are
     * @return for each row its values by column, as text; those that are null are not there, long ones are cut
     */
    List<Map<String, String>> rows(TableHeading table, List<String> columns, int most);
}
