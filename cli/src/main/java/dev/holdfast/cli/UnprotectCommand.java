package dev.holdfast.cli;

import dev.holdfast.Holdfast;
import dev.holdfast.error.Aftermath;
import dev.holdfast.json.JsonObject;
import dev.holdfast.protect.ProtectReport;
import dev.holdfast.protect.ProtectRequest;
import dev.holdfast.run.Run;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code holdfast unprotect}. */
@Command(
        name = "unprotect",
        description = "Remove the marker of a protected database. Asks for its name, or wants --confirm NAME.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: holdfast unprotect --db postgresql://postgres@localhost/shop --confirm shop"})
final class UnprotectCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private Consent consent = new Consent();

    UnprotectCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Holdfast holdfast = context.library();
        Run run = holdfast.newRun();
        context.interruptible(run, Aftermath.UNTOUCHED);
        ProtectReport report = holdfast.protection(run, context.url());
        if (report.now()) {
            Consent.Answer answer = consent.ask(context, run, plan(report));
            if (answer != Consent.Answer.GO_ON) {
                return answer.exit();
            }
            report = holdfast.protect(run, context.url(), new ProtectRequest(false, Whoami.json()));
        }
        if (context.json()) {
            context.answer(ProtectCommand.json(report));
        } else {
            context.terminal()
                    .out()
                    .println("database " + report.database()
                            + (report.before() ? " is no longer protected" : " is not protected"));
        }
        return ExitCode.DONE;
    }

    private static Consent.Plan plan(ProtectReport report) {
        String text = "remove the protection of " + report.address() + ": from then on --yes is enough to change it";
        var json =
                new JsonObject().put("remove_protection_of", report.database()).put("at", report.address());
        return new Consent.Plan(text, json, report.database(), true);
    }
}
