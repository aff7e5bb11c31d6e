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

/** Tables brought back one by one: those that can be are, the others are named. */
final class EachTable {
    private final Context context;
    private final LiveRestore live;

    EachTable(Context context, LiveRestore live) {
        this.context = context;
        this.live = live;
    }

    /** Asks once for all of them; the exit code is the gravest of theirs. */
    int restore(BackupName name, Selection selection, Optional<String> onto) {
        Consent.Answer answer = live.ask(name, selection, onto);
        if (answer != Consent.Answer.GO_ON) {
            return answer.exit();
        }
        List<JsonObject> told = new ArrayList<>();
        int exit = ExitCode.DONE;
        for (String table : new TreeSet<>(selection.tables())) {
            try {
                InPlaceReport report = live.agreed(name, new Selection(Set.of(table), selection.mode()), onto);
                told.add(InPlaceWords.json(report).put("table", table));
                if (!context.json()) {
                    InPlaceWords.lines(report).forEach(context.terminal().out()::println);
                }
            } catch (HoldfastException e) {
                if (e.code() == ErrorCode.INTERRUPTED) {
                    throw e;
                }
                exit = ExitCode.graver(exit, ExitCode.of(e));
                told.add(new JsonObject().put("table", table).put("done", false).put("error", ErrorWords.json(e)));
                ErrorWords.print(e.during("table " + table), context.terminal().err());
            }
        }
        if (context.json()) {
            context.answer(new JsonObject().put("tables", told));
        }
        return exit;
    }
}
