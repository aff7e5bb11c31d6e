package dev.holdfast.restore;

import dev.holdfast.compare.CompareRequest;
import dev.holdfast.compare.TableDifference;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.util.Locale;
import java.util.Set;

/**
 * What of a backup is brought back in place.
 *
 * @param tables names of tables, which may begin behind a dot; empty for the whole database
 * @param mode what is done with rows that the backup has otherwise, or not at all
 */
public record Selection(Set<String> tables, Mode mode) {
    /** The whole database as it was. */
    public static final Selection EVERYTHING = new Selection(Set.of(), Mode.REPLACE);

    /** What is done with the rows of a table. */
    public enum Mode {
        /** The table has the backup's rows and no others. */
        REPLACE,
        /** Rows of the backup come back, those that changed as they were; newer ones stay. */
        UPSERT,
        /** Only rows come back whose keys are not there. */
        INSERT_MISSING;

        /** How many rows of a table that differs come that are not there. */
        public long inserts(TableDifference table) {
            return table.deleted();
        }

        /** How many are there with other values, and get those of the backup. */
        public long updates(TableDifference table) {
            return this == INSERT_MISSING ? 0 : table.changed();
        }

        /** How many go that the backup does not have. */
        public long deletes(TableDifference table) {
            return this == REPLACE ? table.inserted() : 0;
        }

        /** The mode as commands and documents spell it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Selection {
        tables = Set.copyOf(tables);
        if (tables.isEmpty() && mode != Mode.REPLACE) {
            throw new IllegalArgumentException("only tables that are named can be brought back by " + mode.word());
        }
    }

    boolean isEverything() {
        return tables.isEmpty();
    }

    /** Without a key only whole tables can be brought back. */
    void checkKey(String table, boolean keyed) {
        if (mode != Mode.REPLACE && !keyed) {
            throw new HoldfastException(
                            ErrorCode.UNSUPPORTED,
                            table + " has no primary key, so nobody knows which rows are the same")
                    .withHint("--mode replace brings back all its rows");
        }
    }

    CompareRequest compared(int jobs) {
        return new CompareRequest(tables, 0, jobs);
    }
}
