package dev.holdfast.postgres;

import dev.holdfast.engine.RangeReader;
import dev.holdfast.engine.Reading;
import dev.holdfast.engine.Relation;
import java.util.Comparator;
import java.util.List;

/** The rows of one moment. */
final class PostgresReading implements Reading {
    private final Moment moment;
    private final List<Relation> relations;
    private final List<CopyReader> readers;

    PostgresReading(Moment moment) {
        this.moment = moment;
        this.relations = moment.tables().stream()
                .map(table -> table.relation(TableLayout.readsByRange(moment.lead(), table)))
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
