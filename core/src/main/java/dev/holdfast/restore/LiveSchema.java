package dev.holdfast.restore;

import dev.holdfast.compare.CompareReport;
import dev.holdfast.compare.SchemaDifference;
import dev.holdfast.compare.TableDifference;
import dev.holdfast.engine.BackupText;
import dev.holdfast.engine.Relation;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.repository.Manifest;
import dev.holdfast.repository.RelationEntry;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** By the tables alone, since that is quick: the wanted ones must be those of the backup, with the same columns. */
    void check(Manifest manifest, Collection<Relation> tables, BackupText text) {
        var wanted = request.selection().compared(1);
        wanted.checkNames(manifest, tables.stream().map(Relation::name).toList());
        checkMeantOnce(manifest);
        Map<String, Relation> live = new HashMap<>();
        tables.stream().filter(table -> wanted.wants(table.name())).forEach(table -> live.put(table.name(), table));
        for (RelationEntry entry : manifest.relations()) {
            if (!wanted.wants(entry.name())) {
                continue;
            }
            Relation table = live.remove(entry.name());
            if (table == null && !text.belongsToSchema(entry.relation())) {
                continue;
            }
            if (table == null || !text.columns(table.facts()).equals(text.columns(entry.relation()))) {
                throw differs("TABLE " + entry.name());
            }
            request.selection().checkKey(entry.name(), !text.key(table.facts()).isEmpty());
        }
        live.values().stream()
                .filter(table -> text.belongsToSchema(table.facts()))
                .findFirst()
                .ifPresent(other -> {
                    throw differs("TABLE " + other.name());
                });
    }

    /** To look at several tables of a name harms nobody; to replace them would. */
    private void checkMeantOnce(Manifest manifest) {
        for (String table : request.selection().tables()) {
            var alone = new Selection(Set.of(table), Selection.Mode.REPLACE).compared(1);
            List<String> meant = manifest.relations().stream()
                    .map(RelationEntry::name)
                    .filter(alone::wants)
                    .toList();
            if (meant.size() > 1) {
                throw new HoldfastException(
                                ErrorCode.AMBIGUOUS, "table " + table + " can mean " + String.join(", ", meant))
                        .withHint("name it with its schema");
            }
        }
    }

    private HoldfastException differs(String what) {
        return new HoldfastException(ErrorCode.SCHEMA_DIFFERS, "the schema is not that of the backup any more: " + what)
                .withHint("holdfast compare " + request.backup() + " shows what differs; --swap exchanges the whole"
                        + " database, --into NAME brings the backup back beside it");
    }
}
