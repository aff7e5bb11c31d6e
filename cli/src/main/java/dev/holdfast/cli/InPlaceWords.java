package dev.holdfast.cli;

import dev.holdfast.compare.TableDifference;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupName;
import dev.holdfast.restore.InPlacePlan;
import dev.holdfast.restore.InPlaceReport;
import dev.holdfast.restore.Selection.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A restore in place as people and programs read it: the plan, and what it came to. */
final class InPlaceWords {
    private static final int MOST_TABLES = 40;

    private InPlaceWords() {}

    static List<String> lines(InPlacePlan plan) {
        List<String> lines = new ArrayList<>();
        String what = plan.selection().tables().isEmpty()
                ? "put the rows of database " + plan.database() + " back to backup "
                : "bring back (" + plan.selection().mode().word() + ") "
                        + String.join(", ", new TreeSet<>(plan.selection().tables())) + " of database "
                        + plan.database() + " from backup ";
        lines.add("the plan: " + what + plan.backup() + ", in place, in one transaction");
        plan.rows().ifPresent(rows -> lines.addAll(lines(rows)));
        if (plan.terms().withSafety()) {
            lines.add("before that: a safety backup of the rows as they are then, which takes this back");
            lines.add("rows that others write until then go, too; they stay in the safety backup");
        } else {
            lines.add("WITHOUT A SAFETY BACKUP: the rows of now are lost, and this CANNOT BE TAKEN BACK");
        }
        lines.add(
                plan.rows()
                        .map(rows -> "writers wait for about "
                                + Words.duration(rows.blocking())
                                + ", readers only where constraints must be silenced")
                        .orElse(
                                "writers wait, readers only where constraints must be silenced; --dry-run looks beforehand which rows, and for how long"));
        return lines;
    }

    private static List<String> lines(InPlacePlan.Rows rows) {
        List<TableDifference> differing = differing(rows);
        if (differing.isEmpty()) {
            return List.of("no row differs from the backup now");
        }
        List<String> lines = new ArrayList<>();
        differing.stream().limit(MOST_TABLES).forEach(table -> lines.add("  " + planned(table, rows.mode())));
        if (differing.size() > MOST_TABLES) {
            lines.add("  and " + (differing.size() - MOST_TABLES) + " more tables");
        }
        return lines;
    }

    /** Rows that only the backup has come back; what becomes of the others the mode says. */
    private static String planned(TableDifference table, Mode mode) {
        return table.name() + ": " + counts(mode.inserts(table), mode.updates(table), mode.deletes(table));
    }

    private static List<TableDifference> differing(InPlacePlan.Rows rows) {
        return rows.differences().tables().stream()
                .filter(table -> !table.isSame())
                .toList();
    }

    /** What happens to rows; the backup's side is the one that counts. */
    private static String counts(long comeBack, long change, long go) {
        return Words.count(comeBack, "row", "rows") + " inserted, " + Words.count(change) + " updated, "
                + Words.count(go) + " deleted";
    }

    /** Without {@code tables}, {@code rows} and {@code blocked_seconds} where nobody waits for them. */
    static JsonObject json(InPlacePlan plan) {
        Mode mode = plan.selection().mode();
        var json = new JsonObject()
                .put("source", plan.backup().source().value())
                .put("id", plan.backup().id().toString())
                .put("way", "in_place")
                .put("mode", mode.word())
                .put("database", plan.database());
        plan.rows()
                .ifPresent(rows -> json.put(
                                "tables",
                                differing(rows).stream()
                                        .map(table -> json(table, mode))
                                        .toList())
                        .put("rows", rows.count())
                        .put("blocked_seconds", rows.blocking().toMillis() / 1000.0));
        return json;
    }

    private static JsonObject json(TableDifference table, Mode mode) {
        return new JsonObject()
                .put("name", table.name())
                .put("inserted", mode.inserts(table))
                .put("updated", mode.updates(table))
                .put("deleted", mode.deletes(table));
    }

    static List<String> lines(InPlaceReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("restored " + report.backup() + " in place in database " + report.database() + ": "
                + (report.tables().isEmpty()
                        ? "no row had to be put back"
                        : Words.count(report.tables().size(), "table was", "tables were") + " put back")
                + ", to " + report.untouched() + " nothing had to be done; in " + Words.duration(report.took()));
        report.tables()
                .forEach(table -> lines.add("  " + table.name() + ": "
                        + counts(table.inserted(), table.updated(), table.deleted()) + "; it had "
                        + Words.count(table.before()) + " and has " + Words.count(table.after())));
        lines.addAll(report.beside());
        lines.add("writers waited for " + Words.duration(report.blocked()));
        lines.add(report.safety()
                .map(safety -> "to take this back: holdfast"
                        + report.safetyElsewhere()
                                .map(place -> " --repository " + place)
                                .orElse("") + " " + back(report.selection().tables(), safety))
                .orElse("this cannot be taken back: there is no safety backup"));
        return lines;
    }

    /** The command, and its words, that goes back to a safety backup: of single tables only those go back. */
    static String back(Set<String> tables, BackupName safety) {
        return tables.isEmpty()
                ? "rollback " + safety
                : "restore " + safety
                        + new TreeSet<>(tables)
                                .stream()
                                        .map(table -> " --table " + quoted(table))
                                        .collect(Collectors.joining());
    }

    /** As a shell takes it: quotes are part of a table's name. */
    private static String quoted(String table) {
        return table.matches("[A-Za-z0-9_.]+") ? table : "'" + table.replace("'", "'\\''") + "'";
    }

    static JsonObject json(InPlaceReport report) {
        return new JsonObject()
                .put("source", report.backup().source().value())
                .put("id", report.backup().id().toString())
                .put("way", "in_place")
                .put("done", true)
                .put("safety_backup", report.safety().map(BackupName::toString).orElse(null))
                .putIfPresent("safety_repository", report.safetyElsewhere())
                .put(
                        "tables",
                        report.tables().stream()
                                .map(InPlaceReport.Replaced::json)
                                .toList())
                .put("database", report.database())
                .put("untouched_tables", report.untouched())
                .put("beside", report.beside())
                .put("blocked_seconds", report.blocked().toMillis() / 1000.0)
                .put("seconds", report.took().toMillis() / 1000.0);
    }
}
