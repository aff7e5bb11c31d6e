package dev.holdfast.restore;

import dev.holdfast.compare.CompareRequest;
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

    CompareRequest compared(int jobs) {
        return new CompareRequest(tables, 0, jobs);
    }
}
