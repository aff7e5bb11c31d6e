package dev.holdfast.cli;

import dev.holdfast.Holdfast;
import dev.holdfast.error.Aftermath;
import dev.holdfast.json.JsonObject;
import dev.holdfast.protect.ProtectReport;
import dev.holdfast.protect.ProtectRequest;
import dev.holdfast.run.Run;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code holdfast protect}. */
@Command(
        name = "protect",
        description =
                "Mark a database, so that whatever would change it asks for its name first; --yes is then not enough.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The marker is a setting of the database: ALTER DATABASE ... SET holdfast.protected = 'on'. It holds for"
                    + " Holdfast alone: SQL and other programs go on as before. It needs no repository.",
            "Example: holdfast protect --db postgresql://postgres@localhost/shop"
        })
final class ProtectCommand implements Callable<Integer> {
    private final Context context;

    ProtectCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Holdfast holdfast = context.library();
        Run run = holdfast.newRun();
        context.interruptible(run, Aftermath.UNTOUCHED);
        ProtectReport report = holdfast.protect(run, context.url(), new ProtectRequest(true, Whoami.json()));
        if (context.json()) {
            context.answer(json(report));
        } else {
            print(report);
        }
        return ExitCode.DONE;
    }

    private void print(ProtectReport report) {
        context.terminal()
                .out()
                .println("database " + report.database() + " is "
                        + (report.before() ? "protected already" : "protected"));
        context.say("whatever would change it now asks for its name, or wants --confirm " + report.database()
                + "; --yes alone is refused. It keeps nobody from SQL, nor from backups, compare and restore --into");
    }

    /** How a database stands, for programs. */
    static JsonObject json(ProtectReport report) {
        return new JsonObject()
                .put("database", report.database())
                .put("protected", report.now())
                .put("changed", report.before() != report.now());
    }
}
