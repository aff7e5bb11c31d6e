package dev.holdfast.project;

import dev.holdfast.engine.SmallTables;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads from a database which migrations it has seen, by the tables that migration tools keep there. */
public final class Migrations {
    private static final int MOST_TABLES = 25;
    private static final int MOST_ROWS = 10_000;

    private final SmallTables tables;
    private final List<PlainHeading> headings;
    private final Run run;

    private Migrations(SmallTables tables, Run run) {
        this.tables = tables;
        this.headings = tables.headings().stream()
                .map(PlainHeading::of)
                .sorted(Comparator.comparing(PlainHeading::label))
                .toList();
        this.run = run;
    }

    /**
     * The member {@code migrations} of {@code project} in a head: an object for each table of a tool. What could not be read is a finding
     * of the run.
     */
    public static List<JsonObject> json(SmallTables tables, Run run) {
        return new Migrations(tables, run)
                .all().stream().map(MigrationState::json).toList();
    }

    private List<MigrationState> all() {
        List<PlainHeading> candidates = headings.stream()
                .filter(heading -> MigrationTools.ALL.stream()
                        .anyMatch(tool -> tool.table().is(heading)))
                .toList();
        if (candidates.size() > MOST_TABLES) {
            run.finding(new Finding(
                    Severity.NOTE,
                    "many_migration_tables",
                    candidates.get(MOST_TABLES).label(),
                    "of " + candidates.size() + " tables of migration tools, only the first " + MOST_TABLES
                            + " were read for the migration state"));
        }
        List<MigrationState> states = new ArrayList<>();
        for (PlainHeading heading : candidates.subList(0, Math.min(MOST_TABLES, candidates.size()))) {
            run.checkInterrupted();
            state(heading).ifPresent(states::add);
        }
        return states;
    }

    /** Of the first tool whose table it is. */
    private Optional<MigrationState> state(PlainHeading heading) {
        for (MigrationTool tool : MigrationTools.ALL) {
            if (tool.keeps(heading, headings)) {
                Optional<MigrationState> state = state(tool, heading);
                if (state.isPresent()) {
                    return state;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<MigrationState> state(MigrationTool tool, PlainHeading heading) {
        try {
            List<HistoryRow> rows = rows(heading, tool.table().columns());
            if (rows.size() > MOST_ROWS) {
                String why = String.format(Locale.ROOT, "it has more than %,d rows", MOST_ROWS);
                tell(Severity.NOTE, "migration_state_unread", heading.label(), why);
                return Optional.of(MigrationState.unread(tool.name(), heading.label(), why));
            }
            return tool.standing()
                    .apply(rows)
                    .map(standing ->
                            MigrationState.read(tool.name(), heading.label(), standing, isLocked(tool, heading)));
        } catch (HoldfastException e) {
            if (Set.of(ErrorCode.INTERRUPTED, ErrorCode.UNREACHABLE).contains(e.code())) {
                throw e;
            }
            String why = PlainText.of(String.valueOf(e.getMessage()));
            tell(Severity.WARNING, "migration_state_unread", heading.label(), why);
            return Optional.of(MigrationState.unread(tool.name(), heading.label(), why));
        }
    }

    private boolean isLocked(MigrationTool tool, PlainHeading heading) {
        Optional<HistoryTable> lock = tool.lock();
        return lock.flatMap(kind -> MigrationTool.in(kind, heading, headings))
                .map(found -> rows(found, lock.orElseThrow().columns()).stream()
                        .anyMatch(row -> row.flag(lastOf(lock.orElseThrow().columns()))))
                .orElse(false);
    }

    private static String lastOf(List<String> columns) {
        return columns.get(columns.size() - 1);
    }

    private List<HistoryRow> rows(PlainHeading table, List<String> columns) {
        List<String> spelled = table.spelled(columns);
        List<HistoryRow> rows = new ArrayList<>();
        for (Map<String, String> row : tables.rows(table.table(), spelled, MOST_ROWS + 1)) {
            Map<String, String> values = new HashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                String value = row.get(spelled.get(i));
                if (value != null) {
                    values.put(columns.get(i), value);
                }
            }
            rows.add(new HistoryRow(values));
        }
        return rows;
    }

    private void tell(Severity severity, String code, String table, String why) {
        run.finding(new Finding(severity, code, table, "the migration state in " + table + " was not read: " + why));
    }
}
