package dev.holdfast.cli;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupName;
import dev.holdfast.restore.InPlaceReport;
import dev.holdfast.restore.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Tables brought back one by one, each as if it were asked for alone: those that can be are, the others are named. Used once. */
final class EachTable {
    private final Context context;
    private final LiveRestore live;
    private final List<JsonObject> told = new ArrayList<>();
    private int done;
    private int worst = ExitCode.DONE;

    EachTable(Context context, LiveRestore live) {
        this.context = context;
        this.live = live;
    }

    /** The exit code: when some came back and some did not, it says so, unless one could not be put back. */
    int restore(BackupName name, Selection selection, Optional<String> onto) {
        for (String table : new TreeSet<>(selection.tables())) {
            try {
                LiveRestore.Outcome outcome =
                        live.restore(name, Optional.empty(), new Selection(Set.of(table), selection.mode()), onto);
                if (outcome.report().isEmpty()) {
                    worst = ExitCode.graver(worst, outcome.answer().exit());
                    continue;
                }
                tell(table, outcome.report().get());
            } catch (HoldfastException e) {
                worst = ExitCode.graver(worst, ExitCode.of(e));
                told.add(new JsonObject().put("table", table).put("done", false).put("error", ErrorWords.json(e)));
                ErrorWords.print(e.during("table " + table), context.terminal().err());
                if (e.code() == ErrorCode.INTERRUPTED) {
                    break;
                }
            }
        }
        if (context.json() && !told.isEmpty()) {
            context.answer(new JsonObject().put("tables", told));
        }
        return done > 0 && worst != ExitCode.DONE ? ExitCode.graver(worst, ExitCode.NO) : worst;
    }

    private void tell(String table, InPlaceReport report) {
        done++;
        told.add(InPlaceWords.json(report).put("table", table));
        if (!context.json()) {
            InPlaceWords.lines(report).forEach(context.terminal().out()::println);
        }
    }
}
