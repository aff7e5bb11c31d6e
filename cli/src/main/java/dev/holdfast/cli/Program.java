package dev.holdfast.cli;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.error.Secrets;
import dev.holdfast.json.JsonObject;
import dev.holdfast.run.RunListener;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The program but for what only a process has: its environment, streams and watcher are handed in. Used once. */
public final class Program {
    private final Context context;

    /**
     * @param folder where it was started
     * @param watcher told of every step, before it begins
     */
    public Program(Map<String, String> environment, Path folder, Terminal terminal, RunListener watcher) {
        this.context = new Context(environment, folder, terminal, watcher);
    }

    /**
     * Runs one command, and ends the process with its exit code. Where a signal ends it, that has a code of its own, which
     * {@link System#exit} would overwrite when it comes late.
     */
    public void runAndExit(String... arguments) {
        int exit = run(arguments);
        if (!context.interrupts().isEnding()) {
            System.exit(exit);
        }
    }

    /** The commands and their options. */
    CommandLine commandLine() {
        var line = new CommandLine(new HoldfastCommand())
                .addSubcommand(new BackupCommand(context))
                .addSubcommand(new ListCommand(context))
                .addSubcommand(new ShowCommand(context))
                .addSubcommand(new CompareCommand(context))
                .addSubcommand(new VerifyCommand(context))
                .addSubcommand(new RestoreCommand(context))
                .addSubcommand(new RollbackCommand(context))
                .addSubcommand(new CommandLine(new GuardCommand(context))
                        .setStopAtPositional(true)) // from there on all is the guarded command's
                .addSubcommand(new DrillCommand(context))
                .addSubcommand(new JournalCommand(context))
                .addSubcommand(new ScheduleCommand(context))
                .addSubcommand(new ProtectCommand(context))
                .addSubcommand(new UnprotectCommand(context))
                .addSubcommand(new DemoCommand(context))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpLongOptionsMaxWidth(40)
                .setParameterExceptionHandler(this::badUsage)
                .setExecutionExceptionHandler((error, command, parsed) -> failed(error));
        line.addMixin("global", context.options());
        return line;
    }

    /** Runs one command; returns the exit code. Whatever goes wrong is said in one line. */
    public int run(String... arguments) {
        CommandLine line = commandLine();
        int exit = ExitCode.NOT_PUT_BACK;
        try {
            exit = execute(line, arguments);
            if (context.terminal().out().checkError() && exit <= ExitCode.NO) {
                context.say("holdfast: the answer could not be written");
                exit = ExitCode.NOT_DONE;
            }
        } finally {
            context.interrupts().finished(exit);
        }
        return exit;
    }

    private int execute(CommandLine line, String... arguments) {
        try {
            return line.execute(arguments);
        } catch (RuntimeException | Error e) {
            return failed(e);
        }
    }

    private int badUsage(ParameterException error, String[] arguments) {
        String command = error.getCommandLine().getCommandSpec().qualifiedName();
        var known = new HoldfastException(
                        ErrorCode.BAD_USAGE,
                        String.valueOf(error.getMessage()).lines().findFirst().orElse("bad usage"))
                .withHint(command + " --help says what it takes");
        // the options were not understood as a whole, so they are nowhere yet
        int exit = failed(known, List.of(arguments).contains("--json"));
        return command.endsWith(" guard") ? GuardExit.NOT_RUN : exit;
    }

    private int failed(Throwable thrown) {
        return failed(thrown, context.json());
    }

    private int failed(Throwable thrown, boolean json) {
        HoldfastException error = HoldfastException.of(thrown);
        context.progress().clear();
        if (json) {
            context.answer(new JsonObject().put("error", ErrorWords.json(error)));
        }
        var err = context.terminal().err();
        ErrorWords.print(error, err);
        if (context.verbosity() > 1) {
            var trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            err.print(Secrets.hidden(trace.toString()));
        }
        return ExitCode.of(error);
    }
}
