package dev.holdfast.guard;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.error.Secrets;
import dev.holdfast.guard.GuardReport.Check;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is run before and after a guarded command: what stops an application, starts it, and asks it whether it is well. */
final class Hooks implements AutoCloseable {
    private final GuardRequest request;
    private final Command command;
    private final Run run;
    private boolean isStopped;

    Hooks(GuardRequest request, Command command, Run run) {
        this.request = request;
        this.command = command;
        this.run = run;
    }

    /** Runs what comes before; an error when that fails. */
    void before() {
        Optional<String> failure = stop();
        run.checkInterrupted();
        failure.ifPresent(trouble -> {
            throw new HoldfastException(ErrorCode.PROGRAM_FAILED, "nothing was run, since --before failed: " + trouble)
                    .withHint("see what it printed above");
        });
    }

    /** The same again, before something is taken back; what went wrong with it. */
    Optional<String> stop() {
        isStopped = true;
        return request.around().before().flatMap(line -> trouble(line, Map.of()));
    }

    /** Runs what comes after, which learns how it went from the variable HOLDFAST_VERDICT; what went wrong with it. */
    Optional<String> after(GuardReport report) {
        return after(report.isTakenBack() ? "taken_back" : report.verdict().word());
    }

    private Optional<String> after(String verdict) {
        if (!isStopped) {
            return Optional.empty();
        }
        isStopped = false;
        run.closingStep(GuardStep.AFTER);
        return request.around().after().flatMap(line -> trouble(line, Map.of("HOLDFAST_VERDICT", verdict)));
    }

    private Optional<String> trouble(String line, Map<String, String> variables) {
        return run(line, variables).map(exit -> "'" + Secrets.hidden(line) + "' ended with " + exit);
    }

    /** The exit code of a line; empty when it is 0. */
    private Optional<Integer> run(String line, Map<String, String> variables) {
        return Optional.of(command.runHook(request.order().line(line).with(variables), run))
                .filter(exit -> exit != 0);
    }

    /** Asks whether all is healthy; an error when somebody breaks the question off. */
    List<Check> health() {
        return request.conditions().health().stream().map(this::health).toList();
    }

    private Check health(String line) {
        Optional<Integer> exit = run(line, Map.of());
        run.checkInterrupted();
        return Check.of(line, exit.map(code -> "it ended with " + code));
    }

    /** What is said of it when it is not asked. */
    List<Check> healthNotAsked(String why) {
        return request.conditions().health().stream()
                .map(line -> Check.skipped(line, why))
                .toList();
    }

    /** What was stopped is started again, also when nothing was run. */
    @Override
    public void close() {
        after(command.hasStarted() ? "undetermined" : "not_run")
                .ifPresent(trouble -> run.finding(new Finding(Severity.WARNING, "hook_failed", "after", trouble)));
    }
}
