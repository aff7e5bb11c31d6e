package dev.holdfast.cli;

import dev.holdfast.compare.TableDifference;
import dev.holdfast.json.JsonObject;
import dev.holdfast.restore.InPlacePlan;
import dev.holdfast.restore.InPlaceReport;
import dev.holdfast.restore.Selection.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** A restore in place as people and programs read it: the plan, and what it came to. */
final class InPlaceWords {
    private static final int MOST_TABLES = 40;

    private InPlaceWords() {}

    static List<String> lines(InPlacePlan plan) {
        List<TableDifference> differing = differing(plan);
        List<String> lines = new ArrayList<>();
        String what = plan.selection().tables().isEmpty()
                ? "put the rows of database " + plan.database() + " back to backup "
                : "bring back (" + plan.selection().mode().word() + ") "
                        + String.join(", ", new TreeSet<>(plan.selection().tables())) + " of database "
                        + plan.database() + " from backup ";
        lines.add("the plan: " + what + plan.backup() + ", in place, in one transaction");
        if (differing.isEmpty()) {
            lines.add("no row differs from the backup now");
        }
        differing.stream()
                .limit(MOST_TABLES)
                .forEach(table ->
                        lines.add("  " + planned(table, plan.selection().mode())));
        if (differing.size() > MOST_TABLES) {
            lines.add("  and " + (differing.size() - MOST_TABLES) + " more tables");
        }
        lines.add("before that: a safety backup of the rows as they are then, which takes this back");
        lines.add("rows that others write until then go, too; they stay in the safety backup");
        lines.add("readers go on; writers wait for about " + Words.duration(plan.blocking()));
        return lines;
    }

    /** Rows that only the backup has come back; what becomes of the others the mode says. */
    private static String planned(TableDifference table, Mode mode) {
        return table.name() + ": "
                + counts(
                        table.deleted(),
                        mode == Mode.INSERT_MISSING ? 0 : table.changed(),
                        mode == Mode.REPLACE ? table.inserted() : 0);
    }

    private static List<TableDifference> differing(InPlacePlan plan) {
        return plan.differences().tables().stream()
                .filter(table -> !table.isSame())
                .toList();
    }

    /** What happens to rows; the backup's side is the one that counts. */
    private static String counts(long comeBack, long change, long go) {
        return Words.count(comeBack, "row", "rows") + " inserted, " + Words.count(change) + " updated, "
                + Words.count(go) + " deleted";
    }

    static JsonObject json(InPlacePlan plan) {
        return new JsonObject()
                .put("source", plan.backup().source().value())
                .put("id", plan.backup().id().toString())
                .put("way", "in_place")
                .put("mode", plan.selection().mode().word())
                .put("database", plan.database())
                .put(
                        "tables",
                        differing(plan).stream()
                                .map(table -> new JsonObject()
                                        .put("name", table.name())
                                        .put("inserted", table.deleted())
                                        .put(
                                                "updated",
                                                plan.selection().mode() == Mode.INSERT_MISSING ? 0 : table.changed())
                                        .put("deleted", plan.selection().mode() == Mode.REPLACE ? table.inserted() : 0))
                                .toList())
                .put("rows", plan.rows())
                .put("blocked_seconds", plan.blocking().toMillis() / 1000.0);
    }

    static List<String> lines(InPlaceReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("restored " + report.backup() + " in place: "
                + (report.tables().isEmpty()
                        ? "no row had to be put back"
                        : Words.count(report.tables().size(), "table was", "tables were") + " put back")
                + ", " + report.equal() + " were as in the backup; in " + Words.duration(report.took()));
        report.tables()
                .forEach(table -> lines.add("  " + table.name() + ": "
                        + counts(table.inserted(), table.updated(), table.deleted()) + "; it had "
                        + Words.count(table.before()) + " and has " + Words.count(table.after())));
        lines.addAll(report.beside());
        lines.add("writers waited for " + Words.duration(report.blocked()));
        lines.add("to take this back: holdfast rollback " + report.safety());
        return lines;
    }

    static JsonObject json(InPlaceReport report) {
        return new JsonObject()
                .put("source", report.backup().source().value())
                .put("id", report.backup().id().toString())
                .put("way", "in_place")
                .put("done", true)
                .put("safety_backup", report.safety().toString())
                .put(
                        "tables",
                        report.tables().stream()
                                .map(InPlaceReport.Replaced::json)
                                .toList())
                .put("equal_tables", report.equal())
                .put("beside", report.beside())
                .put("blocked_seconds", report.blocked().toMillis() / 1000.0)
                .put("seconds", report.took().toMillis() / 1000.0);
    }
}
