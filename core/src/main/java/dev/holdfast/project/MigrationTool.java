package dev.holdfast.project;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A tool that changes a schema step by step and keeps in the database which steps it took.
 *
 * @param name in our word
 * @param table by what its table is known
 * @param beside a table that stands in the same schema where it is this tool, and not another one with the same columns
 * @param lock a table in the same schema, if there is one, that says whether a run of the tool holds the database
 * @param standing what the rows say; empty when they are not the tool's
 */
record MigrationTool(
        String name,
        HistoryTable table,
        Optional<HistoryTable> beside,
        Optional<HistoryTable> lock,
        Function<List<HistoryRow>, Optional<Standing>> standing) {

    static MigrationTool of(String name, HistoryTable table, Function<List<HistoryRow>, Standing> standing) {
        return new MigrationTool(name, table, Optional.empty(), Optional.empty(), standing.andThen(Optional::of));
    }

    MigrationTool beside(HistoryTable companion) {
        return new MigrationTool(name, table, Optional.of(companion), lock, standing);
    }

    /** The last column of the lock's table says whether it is held. */
    MigrationTool locksIn(HistoryTable locks) {
        return new MigrationTool(name, table, beside, Optional.of(locks), standing);
    }

    /** Only where every row is as the tool writes it. */
    MigrationTool onlyIf(Predicate<HistoryRow> own) {
        return new MigrationTool(
                name,
                table,
                beside,
                lock,
                rows -> rows.stream().allMatch(own) ? standing.apply(rows) : Optional.empty());
    }

    boolean keeps(PlainHeading heading, List<PlainHeading> all) {
        return table.is(heading)
                && beside.map(companion -> in(companion, heading, all).isPresent())
                        .orElse(true);
    }

    /** The table of that kind in the schema of another. */
    static Optional<PlainHeading> in(HistoryTable kind, PlainHeading other, List<PlainHeading> all) {
        return all.stream()
                .filter(each -> each.isBeside(other) && kind.is(each))
                .findFirst();
    }
}
