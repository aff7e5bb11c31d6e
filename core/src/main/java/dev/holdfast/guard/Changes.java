package dev.holdfast.guard;

import dev.holdfast.compare.CompareReport;
import dev.holdfast.compare.SchemaDifference;
import dev.holdfast.compare.TableDifference;
import dev.holdfast.engine.Watch;
import java.util.List;
import java.util.Optional;

/**
 * What has changed in a database since the backup before a command.
 *
 * @param isUntouched whether the server has changed nothing at all since the command began; then nothing was compared
 * @param differences from the backup to the database as it is now: rows and schema, and nothing else
 * @param links which relations' rows go with those of others
 * @param others how many sessions were there before the command and have been at work meanwhile; empty when nobody could look
 */
public record Changes(boolean isUntouched, CompareReport differences, List<Watch.Link> links, Optional<Long> others) {
    public Changes {
        links = List.copyOf(links);
    }

    /** Nothing: the server has changed nothing at all since the command began. */
    static Changes untouched(Optional<Long> others) {
        var schema = new SchemaDifference(List.of(), "");
        return new Changes(
                true, new CompareReport(Optional.of(schema), List.of(), 0, Optional.empty()), List.of(), others);
    }

    /** Whether neither rows nor schema differ. Sequences, materialized views and the database's own settings may. */
    public boolean areNone() {
        return differences.isSame();
    }

    /** Of a relation that has lost rows: which others that have lost rows, too, take them along. */
    public List<Watch.Link> causes(TableDifference table) {
        return links.stream()
                .filter(link -> link.from().equals(table.name()))
                .filter(link -> link.effect() == Watch.Effect.DELETED ? table.deleted() > 0 : table.changed() > 0)
                .filter(link -> differences.tables().stream()
                        .anyMatch(other -> other.name().equals(link.to()) && other.deleted() > 0))
                .toList();
    }
}
