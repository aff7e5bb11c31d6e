package dev.holdfast.postgres;

import dev.holdfast.engine.RangeReader;
import dev.holdfast.engine.Reading;
import dev.holdfast.engine.Relation;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;

/** The rows of one moment. */
final class PostgresReading implements Reading {
    private final Moment moment;
    private final List<Relation> relations;
    private final List<CopyReader> readers;

    /** A moment of which nothing is compared with another. */
    PostgresReading(Moment moment) {
        this(moment, Table.PAGES_IN_RANGE, Table::relation);
    }

    /**
     * @param pagesInRange the most pages of a table that is not cut
     * @param comparison makes a relation of a table; told whether it is read by ranges
     */
    PostgresReading(Moment moment, long pagesInRange, BiFunction<Table, Boolean, Relation> comparison) {
        this.moment = moment;
        this.relations = moment.tables().stream()
                .map(table -> comparison.apply(table, TableLayout.readsByRange(moment.lead(), table, pagesInRange)))
                .sorted(Comparator.comparing(Relation::bytes).reversed().thenComparing(Relation::name))
                .toList();
        this.readers = moment.readers();
    }

    Moment moment() {
        return moment;
    }

    @Override
    public List<Relation> relations() {
        return relations;
    }

    @Override
    public List<RangeReader> readers() {
        return List.copyOf(readers);
    }

    @Override
    public void close() {
        moment.close();
    }
}
