package dev.holdfast.cli;

import dev.holdfast.engine.Occupant;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.Totals;
import dev.holdfast.restore.SwapPlan;
import dev.holdfast.restore.SwapReport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A restore in the place of a live database as people and programs read it: the plan, and what it came to. */
final class SwapWords {
    private static final String SHARES = "the next backup reads everything anew, and shares no row with those before";

    private SwapWords() {}

    static List<String> lines(SwapPlan plan) {
        Totals back = plan.comesBack();
        List<String> lines = new ArrayList<>(List.of(
                "the plan: restore " + plan.backup() + " in the place of database " + plan.database(),
                "comes back: " + Words.count(back.relations(), "table", "tables") + ", "
                        + Words.count(back.rows(), "row", "rows") + ", " + Words.bytes(back.bytes())
                        + ", with the settings" + (plan.owners() ? ", owners and rights" : "") + " of the backup",
                "is replaced: database " + plan.database() + ", "
                        + Words.bytes(plan.replaced().bytes()) + " on the server; it stays there as "
                        + plan.replaced().keptAs(),
                "before that: a safety backup of it, and every restored table is read again and compared",
                "connected now: " + sessions(plan.replaced().sessions()),
                "writers work on until both exchange their names; then all sessions are ended, and find the restored"
                        + " database when they connect again",
                "rows that are written after the safety backup stay in "
                        + plan.replaced().keptAs() + " alone"));
        if (!plan.owners()) {
            lines.add(3, "is left out: owners and rights, as asked");
        }
        return lines;
    }

    private static String sessions(List<Occupant.Sessions> sessions) {
        return sessions.isEmpty()
                ? "nobody"
                : sessions.stream()
                        .map(each -> Words.count(each.count(), "session", "sessions") + " of "
                                + (each.role().isEmpty() ? "the server" : each.role())
                                + (each.program().isEmpty() ? "" : " (" + each.program() + ")"))
                        .collect(Collectors.joining(", "));
    }

    static JsonObject json(SwapPlan plan) {
        return new JsonObject()
                .put("source", plan.backup().source().value())
                .put("id", plan.backup().id().toString())
                .put("way", "swap")
                .put("database", plan.database())
                .put("kept_as", plan.replaced().keptAs())
                .put("replaced_bytes", plan.replaced().bytes())
                .put("table_count", plan.comesBack().relations())
                .put("rows", plan.comesBack().rows())
                .put("bytes", plan.comesBack().bytes())
                .put("owners", plan.owners())
                .put(
                        "sessions",
                        plan.replaced().sessions().stream()
                                .map(each -> new JsonObject()
                                        .put("role", each.role())
                                        .put("program", each.program())
                                        .put("count", each.count()))
                                .toList());
    }

    static List<String> lines(SwapReport report) {
        return List.of(
                "restored " + report.restored().backup() + " in the place of database "
                        + report.restored().database() + ": " + RestoreCommand.counts(report.restored()),
                "safety backup of what was there: " + report.safety(),
                "the database that was there stays as " + report.keptAs()
                        + "; rows that were written after the safety backup are only there",
                "to remove it: " + drop(report),
                SHARES);
    }

    static JsonObject json(SwapReport report, JsonObject restored) {
        return restored.put("way", "swap")
                .put("done", true)
                .put("safety_backup", report.safety().toString())
                .put("kept_as", report.keptAs())
                .put("to_remove_it", drop(report));
    }

    private static String drop(SwapReport report) {
        return "DROP DATABASE \"" + report.keptAs().replace("\"", "\"\"") + "\"";
    }
}
