package dev.holdfast.cli;

import dev.holdfast.Holdfast;
import dev.holdfast.backup.BackupRequest;
import dev.holdfast.config.GuardSettings;
import dev.holdfast.config.GuardSettings.OnFailure;
import dev.holdfast.config.SourceSettings;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.guard.Command;
import dev.holdfast.guard.GuardReport;
import dev.holdfast.guard.GuardRequest;
import dev.holdfast.guard.Order;
import dev.holdfast.repository.Kind;
import dev.holdfast.run.Run;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast guard}. */
@picocli.CommandLine.Command(
        name = "guard",
        description =
                "Run a command behind a fresh, verified backup; say what it changed, and take it back when it went wrong.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = GuardExit.NOT_RUN,
        footer = {
            "",
            "The command runs without a shell, with this terminal, and finds the backup's id in HOLDFAST_BACKUP_ID.",
            "Exit codes: the command's own when it failed; 0 all well; 122 it ended with 0 but a check failed; 123 taking back"
                    + " failed; 124 it ended with 0 and Holdfast failed afterwards; 125 nothing was run (129, 130, 143 when a signal came first); 126, 127 the command"
                    + " cannot be executed, was not found.",
            "Example: holdfast guard --check 'SELECT count(*) > 0 FROM orders' -- flyway migrate"
        })
final class GuardCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "COMMAND", arity = "1..*", description = "The command and its arguments, behind --.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--check",
            paramLabel = "SQL",
            description =
                    "A question that must be answered with true afterwards, beside those of the config file; may be given"
                            + " several times.")
    private List<String> checks = new ArrayList<>();

    @Option(
            names = "--health",
            paramLabel = "LINE",
            description =
                    "A line for the shell that must end with 0 when all is done, beside those of the config file; may be"
                            + " given several times.")
    private List<String> health = new ArrayList<>();

    @Option(
            names = "--on-failure",
            paramLabel = "WHAT",
            description =
                    "rollback takes it back, keep leaves it, ask asks. Default: what the config file says, else ask on a"
                            + " terminal, else keep.")
    private @Nullable OnFailure onFailure;

    @Option(
            names = "--confirm",
            paramLabel = "NAME",
            description = "The database's name, so that --on-failure rollback may change a protected one.")
    private @Nullable String confirmed;

    @Option(names = "--require-change", description = "It has gone wrong, too, when nothing has changed.")
    private boolean change;

    @Option(
            names = "--before",
            paramLabel = "LINE",
            description = "A line for the shell, run before the backup: stops the application, say.")
    private @Nullable String before;

    @Option(
            names = "--after",
            paramLabel = "LINE",
            description =
                    "A line for the shell, run at the end, however that is: starts the application. It finds pass,"
                            + " fail, undetermined, taken_back or not_run in HOLDFAST_VERDICT.")
    private @Nullable String after;

    @Option(names = "--after-backup", description = "Take a backup of the new state when all went well.")
    private boolean afterBackup;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            description =
                    "How long processes that the command leaves behind are waited for, 30s or 5m, say; longer is a"
                            + " failure. Default: until they end.")
    private @Nullable String longestWait;

    @Option(names = "--report", paramLabel = "FILE", description = "Write what came of it as JSON.")
    private @Nullable String report;

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            description = "What the backup is for. Default: the command.")
    private @Nullable String message;

    @Mixin
    private JobsOption jobs = new JobsOption();

    GuardCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Optional<GuardFile> file;
        try {
            file = Optional.ofNullable(report).map(name -> GuardFile.at(context.folder(), name));
        } catch (HoldfastException e) {
            return refused(e, GuardExit.NOT_RUN, Optional.empty());
        }
        var command = new Command();
        var stopping = new Stopping(command, context.terminal().keyboard().isPresent());
        try (stopping) {
            return guard(command, stopping, file);
        } catch (RuntimeException e) {
            return failed(HoldfastException.of(e), command, stopping, file);
        }
    }

    private int guard(Command command, Stopping stopping, Optional<GuardFile> file) {
        if (context.json()) {
            throw new HoldfastException(ErrorCode.BAD_USAGE, "standard output is the command's, so there is no --json")
                    .withHint("--report FILE writes what came of it as JSON");
        }
        Order order = order();
        Optional<Order.Obstacle> obstacle = order.obstacle();
        if (obstacle.isPresent()) {
            return refused(obstacle(obstacle.get()), GuardExit.of(obstacle.get()), file);
        }
        Holdfast holdfast = context.existingOrNew();
        Run run = holdfast.newRun();
        stopping.of(run);
        boolean isProtected = holdfast.protection(run, context.url()).now();
        var decision = new GuardDecision(context, run, onFailure(), isProtected, Optional.ofNullable(confirmed));
        GuardReport done = holdfast.guard(run, context.url(), request(order), command, decision::takesBack);
        int exit = GuardExit.of(done);
        decision.tell(done);
        if (file.isPresent()) {
            exit = file.get().write(GuardJson.of(done, exit), context) || exit != 0
                    ? exit
                    : GuardExit.FAILED_AFTERWARDS;
        }
        return exit;
    }

    private HoldfastException obstacle(Order.Obstacle obstacle) {
        boolean isMissing = obstacle == Order.Obstacle.NOT_FOUND;
        return new HoldfastException(
                        ErrorCode.PROGRAM_MISSING,
                        "nothing was run: " + words.get(0) + (isMissing ? " was not found" : " cannot be executed"))
                .withHint(isMissing ? "give its whole path, or look at PATH" : "chmod +x makes it a program");
    }

    /** Nothing was run, or it is not known how it ended: then the note of it stays, and the next command speaks of it. */
    private int failed(HoldfastException error, Command command, Stopping stopping, Optional<GuardFile> file) {
        if (!command.hasStarted()) {
            return refused(error, exitBefore(error, stopping), file);
        }
        context.progress().clear();
        ErrorWords.print(error, context.terminal().err());
        file.ifPresent(each -> each.write(GuardJson.unknown(error, GuardExit.FAILED_AFTERWARDS), context));
        return GuardExit.FAILED_AFTERWARDS;
    }

    private static int exitBefore(HoldfastException error, Stopping stopping) {
        if (isInterrupted(error)) {
            return stopping.exit().orElse(ExitCode.INTERRUPTED);
        }
        boolean isNoProgram = error.code() == ErrorCode.PROGRAM_MISSING && error.getCause() instanceof IOException;
        return isNoProgram ? GuardExit.NOT_EXECUTABLE : GuardExit.NOT_RUN;
    }

    private static boolean isInterrupted(HoldfastException error) {
        return error.code() == ErrorCode.INTERRUPTED;
    }

    private int refused(HoldfastException error, int exit, Optional<GuardFile> file) {
        context.progress().clear();
        ErrorWords.print(error, context.terminal().err());
        file.ifPresent(each -> each.write(GuardJson.notRun(error, exit), context));
        return exit;
    }

    private OnFailure onFailure() {
        return Optional.ofNullable(onFailure).or(usual()::onFailure).orElseGet(this::asTerminalAllows);
    }

    /** What the config file says of guards of this source. */
    private GuardSettings usual() {
        return context.settings().source().map(SourceSettings::guard).orElse(GuardSettings.NONE);
    }

    private static List<String> both(List<String> usual, List<String> more) {
        return Stream.concat(usual.stream(), more.stream()).distinct().toList();
    }

    private OnFailure asTerminalAllows() {
        return context.terminal().keyboard().isPresent() ? OnFailure.ASK : OnFailure.KEEP;
    }

    /** The launcher's own variables are not the command's. */
    private Order order() {
        Map<String, String> environment = new HashMap<>(context.environment());
        environment.keySet().removeIf(name -> name.equals("HOLDFAST_STDERR_TTY") || name.equals("HOLDFAST_STDIN_TTY"));
        Optional.ofNullable(environment.remove("HOLDFAST_LC_ALL")).ifPresent(own -> {
            environment.remove("LC_ALL");
            if (!own.isEmpty()) {
                environment.put("LC_ALL", own);
            }
        });
        return new Order(words, context.folder(), environment);
    }

    private GuardRequest request(Order order) {
        String about = message == null ? "before '" + order.shown() + "'" : message;
        BackupRequest backup = context.ownBackup(Kind.GUARD, about, jobs.count());
        Optional<Duration> wait = Optional.ofNullable(longestWait).map(told -> Durations.of("--wait", told));
        return new GuardRequest(
                backup,
                order,
                new GuardRequest.Conditions(
                        both(usual().checks(), checks), both(usual().health(), health), change, wait),
                new GuardRequest.Around(Optional.ofNullable(before), Optional.ofNullable(after), afterBackup));
    }
}
