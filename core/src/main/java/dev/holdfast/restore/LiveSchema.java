package dev.holdfast.restore;

import dev.holdfast.compare.CompareReport;
import dev.holdfast.compare.RowDifference;
import dev.holdfast.compare.SchemaDifference;
import dev.holdfast.compare.TableDifference;
import dev.holdfast.engine.BackupText;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.repository.Manifest;
import java.util.List;
import java.util.stream.Collectors;

/** Whether rows of a backup fit into the live database: they go back in place only where nothing but rows has changed. */
final class LiveSchema {
    private static final int MOST_NAMED = 3;

    private final InPlaceRequest request;

    LiveSchema(InPlaceRequest request) {
        this.request = request;
    }

    /** By what a comparison found. */
    void check(CompareReport differences) {
        differences.schema().ifPresent(this::check);
        differences.tables().stream()
                .filter(table -> table.presence() != TableDifference.Presence.BOTH
                        || !table.notCompared().isEmpty())
                .findFirst()
                .ifPresent(table -> {
                    throw differs("TABLE " + table.name());
                });
    }

    /** By both schemas. */
    void check(SchemaDifference schema) {
        if (!schema.isSame()) {
            String objects = schema.objects().stream()
                    .limit(MOST_NAMED)
                    .map(SchemaDifference.ObjectChange::object)
                    .collect(Collectors.joining(", "));
            int more = schema.objects().size() - MOST_NAMED;
            throw differs(objects + (more > 0 ? " and " + more + " more" : ""));
        }
    }

    /** By the tables that were found under the lock: all that are wanted must be there, with the same columns. */
    void check(Manifest manifest, List<RowDifference> found, BackupText text) {
        var wanted = request.selection().compared(1);
        long expected = manifest.relations().stream()
                .filter(entry -> wanted.wants(entry.name()))
                .count();
        if (found.size() != expected) {
            throw differs("not every table of the backup is there");
        }
        for (RowDifference each : found) {
            if (!text.columns(each.relation().facts())
                    .equals(text.columns(each.backup().relation()))) {
                throw differs("TABLE " + each.relation().name());
            }
        }
    }

    private HoldfastException differs(String what) {
        return new HoldfastException(ErrorCode.SCHEMA_DIFFERS, "the schema is not that of the backup any more: " + what)
                .withHint("holdfast compare " + request.backup() + " shows what differs; --swap exchanges the whole"
                        + " database, --into NAME brings the backup back beside it");
    }
}
