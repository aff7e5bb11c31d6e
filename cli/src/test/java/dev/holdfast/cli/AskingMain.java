package dev.holdfast.cli;

import dev.holdfast.json.JsonObject;
import dev.holdfast.run.Run;
import dev.holdfast.run.RunListener;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A program with one verb that destroys something, or would: it asks as all of them do. */
public final class AskingMain {
    @Command(name = "raze")
    private static final class Raze implements Callable<Integer> {
        private final Context context;

        @Option(names = "--protected")
        private boolean isProtected;

        @Mixin
        private Consent consent = new Consent();

        Raze(Context context) {
            this.context = context;
        }

        @Override
        public Integer call() {
            var plan = new Consent.Plan(
                    "raze shop\nto the ground", new JsonObject().put("raze", "shop"), "shop", isProtected);
            var run = new Run(InstantSource.system(), RunListener.SILENT);
            context.interruptible(run, dev.holdfast.error.Aftermath.UNTOUCHED);
            Consent.Answer answer = consent.ask(context, run, plan);
            if (answer == Consent.Answer.GO_ON) {
                context.terminal().out().println("razed");
            }
            return answer.exit();
        }
    }

    private AskingMain() {}

    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        var terminal = new Terminal(System.out, System.err, false, Keyboard.of(environment, System.in));
        var context = new Context(environment, Path.of("").toAbsolutePath(), terminal, RunListener.SILENT);
        var line = new CommandLine(new HoldfastCommand()).addSubcommand(new Raze(context));
        line.addMixin("global", context.options());
        int exit = ExitCode.NOT_PUT_BACK;
        try {
            exit = line.execute(arguments);
        } finally {
            context.interrupts().finished(exit);
        }
        if (!context.interrupts().isEnding()) {
            System.exit(exit);
        }
    }
}
