package dev.holdfast.cli;

import dev.holdfast.compare.CompareReport;
import dev.holdfast.compare.SchemaDifference.ObjectChange;
import dev.holdfast.compare.TableDifference;
import dev.holdfast.guard.Changes;
import dev.holdfast.guard.GuardReport;
import dev.holdfast.guard.GuardReport.Check;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What came of a guarded command, for people: what they need first stands first. */
final class GuardWords {
    private static final int MOST_OBJECTS = 20;
    private static final int MOST_TABLES = 40;
    private static final int BY_SIGNAL = 128;
    private static final Map<Integer, String> SIGNALS =
            Map.of(1, "HUP", 2, "INT", 3, "QUIT", 6, "ABRT", 9, "KILL", 11, "SEGV", 13, "PIPE", 15, "TERM");

    private GuardWords() {}

    /** How it ended and what has changed. */
    static void print(GuardReport report, Context context) {
        List<String> lines = new ArrayList<>();
        lines.add(verdict(report));
        report.judgment().changes().ifPresent(changes -> {
            lines.add(changed(report, changes));
            others(changes, lines);
        });
        report.judgment().checks().stream()
                .filter(check -> !check.isAsked())
                .forEach(check -> lines.add(
                        "not asked: " + check.what() + ": " + check.doubts().orElse("")));
        report.judgment().trouble().forEach(each -> lines.add("warning: " + each));
        lines.forEach(line -> context.say(Words.plain(line)));
        if (context.verbosity() >= 0) {
            report.judgment().changes().ifPresent(changes -> details(changes, context));
        }
    }

    private static String verdict(GuardReport report) {
        String command = "'" + report.guarded().command() + "'";
        int exit = report.ended().exit();
        String took = " after " + Words.duration(report.ended().took());
        String signal = SIGNALS.get(exit - BY_SIGNAL);
        if (signal != null) {
            return command + " FAILED: it was ended by signal " + (exit - BY_SIGNAL) + " (" + signal + ")" + took;
        }
        if (exit != 0) {
            return command + " FAILED: it ended with " + exit + took;
        }
        List<Check> failed = report.failedChecks();
        if (!failed.isEmpty()) {
            return command + " ended well" + took + ", but "
                    + Words.count(failed.size(), "CHECK FAILED", "CHECKS FAILED")
                    + ": "
                    + failed.stream()
                            .map(check -> check.what() + ": " + check.doubts().orElse(""))
                            .collect(Collectors.joining("; "));
        }
        return command + " ended well" + took;
    }

    private static String changed(GuardReport report, Changes changes) {
        String database = "database " + report.guarded().database();
        if (changes.isUntouched()) {
            return report.isEndedWell()
                    ? "NOTHING HAS CHANGED in " + database + " since the command began: did it go to another one?"
                    : "nothing has changed in " + database + " since the command began";
        }
        if (changes.areNone()) {
            return "NO ROW AND NO OBJECT HAS CHANGED in " + database + " since the backup; not looked at: sequences,"
                    + " materialized views, settings and rights of the database itself";
        }
        CompareReport differences = changes.differences();
        List<String> parts = new ArrayList<>();
        add(parts, differences, TableDifference::deleted, " gone");
        add(parts, differences, TableDifference::changed, " changed");
        add(parts, differences, TableDifference::inserted, " new");
        differences
                .schema()
                .ifPresent(schema -> add(
                        parts,
                        schema.objects().size(),
                        "object of the schema differs",
                        "objects of the schema differ"));
        return "since the backup, in " + database + ": "
                + (parts.isEmpty() ? "columns differ" : String.join("; ", parts));
    }

    /** Rows of all tables, with the table that has most of them. */
    private static void add(
            List<String> parts, CompareReport differences, ToLongFunction<TableDifference> count, String what) {
        long all = differences.tables().stream().mapToLong(count).sum();
        if (all > 0) {
            TableDifference most = differences.tables().stream()
                    .max(Comparator.comparingLong(count))
                    .orElseThrow();
            long ofMost = count.applyAsLong(most);
            String rows = Words.count(all, "row", "rows")
                    + (ofMost == all ? " of " + most.name() : "")
                    + (all == 1 ? " is" : " are")
                    + what;
            parts.add(ofMost == all ? rows : rows + ", " + Words.count(ofMost) + " of them of " + most.name());
        }
    }

    private static void add(List<String> parts, long count, String one, String many) {
        if (count > 0) {
            parts.add(Words.count(count, one, many));
        }
    }

    private static void others(Changes changes, List<String> lines) {
        if (!changes.areNone()) {
            changes.others()
                    .filter(count -> count > 0)
                    .ifPresent(count -> lines.add(Words.count(count, "other session was", "other sessions were")
                            + " at work in it meanwhile, so not all of that need be the command's doing"));
        }
    }

    private static void details(Changes changes, Context context) {
        var err = context.terminal().err();
        changes.differences().schema().ifPresent(schema -> {
            schema.objects().stream()
                    .limit(MOST_OBJECTS)
                    .forEach(object -> err.println(Words.plain("  " + line(object))));
            more(schema.objects().size() - MOST_OBJECTS, "objects", context);
        });
        List<TableDifference> differing = changes.differences().tables().stream()
                .filter(table -> !table.isSame())
                .toList();
        for (TableDifference table : differing.subList(0, Math.min(differing.size(), MOST_TABLES))) {
            err.println(Words.plain("  " + line(table, changes)));
            table.samples().forEach(row -> CompareWords.print(row, table.key(), err));
        }
        more(differing.size() - MOST_TABLES, "tables", context);
    }

    private static void more(int count, String what, Context context) {
        if (count > 0) {
            context.say("  and " + count + " more " + what + "; holdfast compare shows them");
        }
    }

    private static String line(ObjectChange change) {
        return change.change().name().toLowerCase(Locale.ROOT) + " " + change.object();
    }

    private static String line(TableDifference table, Changes changes) {
        List<String> parts = new ArrayList<>();
        add(parts, table.deleted(), "row gone", "rows gone");
        add(parts, table.changed(), "row changed", "rows changed");
        add(parts, table.inserted(), "row new", "rows new");
        String presence = switch (table.presence()) {
            case BOTH -> "";
            case BACKUP_ONLY -> " (the table is gone)";
            case OTHER_ONLY -> " (a new table)";
        };
        String columns = table.notCompared().isEmpty()
                ? ""
                : "; columns that only one side has: " + String.join(", ", table.notCompared());
        String causes = changes.causes(table).stream()
                .map(link -> link.to() + " (" + link.how() + ")")
                .distinct()
                .collect(Collectors.joining(", "));
        return table.name() + ": " + (parts.isEmpty() ? "the same rows" : String.join(", ", parts)) + presence + columns
                + (causes.isEmpty() ? "" : "; along with rows of " + causes);
    }

    /** What became of it, and what can be done now. */
    static List<String> ending(GuardReport report) {
        List<String> lines = new ArrayList<>();
        report.taken().ifPresent(taken -> {
            if (taken.isDone()) {
                lines.add("TAKEN BACK: database " + report.guarded().database() + " is as in backup "
                        + report.guarded().backup() + "; " + taken.how());
                taken.safety().ifPresent(safety -> lines.add("what the command had done is kept in " + safety));
            } else {
                lines.add("NOT TAKEN BACK: " + taken.failure().orElse(""));
                if (taken.unknown()) {
                    lines.add("it is not known in which state the database is: look at it first");
                }
            }
        });
        report.after().ifPresent(after -> lines.add("the new state is backed up: " + after));
        if (!report.isTakenBack() && !report.isUntouched()) {
            lines.add("to take it back: " + rollback(report));
        }
        return lines.stream().map(Words::plain).toList();
    }

    /** What taking it back would do, before somebody agrees. */
    static List<String> wayBack(GuardReport report) {
        boolean isSchemaChanged = report.judgment()
                .changes()
                .flatMap(changes -> changes.differences().schema())
                .filter(schema -> !schema.isSame())
                .isPresent();
        String way = isSchemaChanged
                ? "The schema has changed, so the whole database is exchanged: all its sessions end once, and it needs its size on"
                        + " disk once more."
                : "Only rows that differ are put back; writers wait.";
        List<String> lines = new ArrayList<>();
        lines.add("Take it back? " + way
                + " Rows that others have written since the backup go, too; what is there now stays in"
                + " a safety backup.");
        if (!report.judgment().atWork().isEmpty()) {
            lines.add("still at work, ended when it does not end within seconds: "
                    + Words.plain(String.join(", ", report.judgment().atWork())));
        }
        return lines;
    }

    static String rollback(GuardReport report) {
        return "holdfast rollback " + report.guarded().backup();
    }
}
