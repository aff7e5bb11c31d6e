package dev.holdfast.project;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The tools we know. Of several that a table could be of, it is the first one's. */
final class MigrationTools {
    static final List<MigrationTool> ALL = List.of(
            MigrationTool.of(
                    "flyway",
                    HistoryTable.of("installed_rank", "version", "description", "type", "script", "success"),
                    MigrationTools::flyway),
            MigrationTool.of(
                            "liquibase",
                            HistoryTable.of("id", "author", "filename", "dateexecuted", "orderexecuted", "exectype"),
                            MigrationTools::liquibase)
                    .locksIn(HistoryTable.of("id", "lockgranted", "lockedby", "locked")),
            MigrationTool.of(
                    "prisma",
                    HistoryTable.of("migration_name", "started_at", "finished_at", "rolled_back_at")
                            .named("_prisma_migrations"),
                    rows -> Standing.of(
                            rows,
                            row -> row.text("migration_name"),
                            row -> row.has("finished_at") && !row.has("rolled_back_at"),
                            row -> !row.has("finished_at") && !row.has("rolled_back_at"))),
            MigrationTool.of(
                    "atlas",
                    HistoryTable.of("version", "applied", "total", "error", "error_stmt", "operator_version"),
                    MigrationTools::atlas),
            MigrationTool.of(
                    "sqlx",
                    HistoryTable.of("version", "installed_on", "success", "checksum", "execution_time"),
                    rows -> Standing.of(
                            rows, row -> row.text("version"), row -> row.flag("success"), row -> !row.flag("success"))),
            MigrationTool.of(
                    "ef-core",
                    HistoryTable.of("MigrationId", "ProductVersion"),
                    rows -> Standing.allApplied(rows, "MigrationId")),
            MigrationTool.of(
                    "django",
                    HistoryTable.of("id", "app", "name", "applied").named("django_migrations"),
                    MigrationTools::django),
            MigrationTool.of("alembic", HistoryTable.of("version_num").noOtherColumns(), MigrationTools::alembic),
            MigrationTool.of(
                    "goose",
                    HistoryTable.of("id", "version_id", "is_applied", "tstamp").noOtherColumns(),
                    MigrationTools::goose),
            MigrationTool.of(
                            "knex",
                            HistoryTable.of("id", "name", "batch", "migration_time")
                                    .nameContains("migrat"),
                            rows -> Standing.allApplied(rows, "name"))
                    .locksIn(HistoryTable.of("index", "is_locked")
                            .noOtherColumns()
                            .nameContains("migrat")),
            MigrationTool.of(
                    "golang-migrate",
                    HistoryTable.of("version", "dirty").noOtherColumns().nameContains("migrat"),
                    MigrationTools::golangMigrate),
            MigrationTool.of("rails", plainVersions(), rows -> Standing.allApplied(rows, "version"))
                    .beside(HistoryTable.of("key", "value").nameContains("ar_internal_metadata")),
            MigrationTool.of("dbmate-or-rails", plainVersions(), rows -> Standing.allApplied(rows, "version")),
            MigrationTool.of(
                    "diesel",
                    HistoryTable.of("version", "run_on").named("__diesel_schema_migrations"),
                    rows -> Standing.allApplied(rows, "version")),
            MigrationTool.of(
                    "sequelize",
                    HistoryTable.of("name").named("SequelizeMeta"),
                    rows -> Standing.allApplied(rows, "name")),
            MigrationTool.of(
                            "typeorm",
                            HistoryTable.of("id", "timestamp", "name")
                                    .noOtherColumns()
                                    .nameContains("migrat"),
                            rows -> Standing.of(
                                    rows, row -> row.text("name"), row -> true, row -> false, by("timestamp")))
                    // a foreign table may well have these columns, but not this habit
                    .onlyIf(row -> row.text("name").endsWith(row.text("timestamp"))));

    private MigrationTools() {}

    /** Rails and dbmate keep the same table. Rails has another one beside it since its version 5. */
    private static HistoryTable plainVersions() {
        return HistoryTable.of("version").noOtherColumns().nameContains("schema_migrations");
    }

    private static Comparator<HistoryRow> by(String column) {
        return Comparator.comparing(row -> row.text(column), Standing.VERSIONS);
    }

    /** A repeatable migration has no version and a row for each time; one that was deleted or undone has a later row that says so. */
    private static Standing flyway(List<HistoryRow> rows) {
        Map<String, HistoryRow> last = new LinkedHashMap<>();
        for (HistoryRow row : rows.stream().sorted(by("installed_rank")).toList()) {
            String step = row.has("version") ? "version " + row.text("version") : "script " + row.text("script");
            String type = row.text("type");
            if (row.flag("success") && (type.equals("DELETE") || type.startsWith("UNDO"))) {
                last.remove(step);
            } else if (!type.equals("SCHEMA")) {
                last.put(step, row);
            }
        }
        Standing all = Standing.of(
                List.copyOf(last.values()),
                row -> row.has("version") ? row.text("version") : row.text("description"),
                row -> row.flag("success"),
                row -> !row.flag("success"));
        Standing versioned = Standing.of(
                last.values().stream().filter(row -> row.has("version")).toList(),
                row -> row.text("version"),
                row -> row.flag("success"),
                row -> false);
        return new Standing(versioned.latest(), all.applied(), all.failed());
    }

    private static Standing liquibase(List<HistoryRow> rows) {
        return Standing.of(
                rows,
                row -> row.text("filename") + "::" + row.text("id") + "::" + row.text("author"),
                row -> Set.of("EXECUTED", "RERAN", "MARK_RAN").contains(row.text("exectype")),
                row -> row.text("exectype").equals("FAILED"),
                by("orderexecuted").thenComparing(by("dateexecuted")));
    }

    /** A row whose version begins with a dot is a note of the tool's. A baseline has no statements. */
    private static Standing atlas(List<HistoryRow> rows) {
        return Standing.of(
                rows.stream()
                        .filter(row -> !row.text("version").startsWith("."))
                        .toList(),
                row -> row.text("version"),
                row -> row.text("error").isEmpty() && row.text("applied").equals(row.text("total")),
                row -> !row.text("error").isEmpty() || !row.text("applied").equals(row.text("total")));
    }

    private static Standing django(List<HistoryRow> rows) {
        return Standing.of(rows, row -> row.text("app") + "." + row.text("name"), row -> true, row -> false, by("id"));
    }

    /** It keeps only the newest revision of each branch. */
    private static Standing alembic(List<HistoryRow> rows) {
        String heads =
                rows.stream().map(row -> row.text("version_num")).sorted().collect(Collectors.joining(", "));
        return new Standing(Optional.of(heads).filter(text -> !text.isEmpty()), Optional.empty(), List.of());
    }

    /** The newest row of a version decides; version 0 is the beginning. */
    private static Standing goose(List<HistoryRow> rows) {
        Map<String, HistoryRow> last = new LinkedHashMap<>();
        rows.stream().sorted(by("id")).forEach(row -> last.put(row.text("version_id"), row));
        last.remove("0");
        List<HistoryRow> applied = new ArrayList<>(last.values());
        applied.removeIf(row -> !row.flag("is_applied"));
        return Standing.allApplied(applied, "version_id");
    }

    /** It keeps the last version alone, and whether that one failed. */
    private static Standing golangMigrate(List<HistoryRow> rows) {
        Standing last = Standing.of(rows, row -> row.text("version"), row -> true, row -> row.flag("dirty"));
        return new Standing(last.latest(), Optional.empty(), last.failed());
    }
}
