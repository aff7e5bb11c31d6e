package dev.holdfast.guard;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.guard.GuardReport.Check;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is run beside a guarded command: what stops an application, starts it, and asks it whether it is well. */
final class Beside implements AutoCloseable {
    private final GuardRequest request;
    private final Command command;
    private final Run run;
    private boolean isStopped;

    Beside(GuardRequest request, Command command, Run run) {
        this.request = request;
        this.command = command;
        this.run = run;
    }

    /** Runs what comes before; an error when that fails. */
    void before() {
        isStopped = true;
        request.around().before().ifPresent(line -> {
            int exit = run(line, Map.of());
            if (exit != 0) {
                throw new HoldfastException(
                                ErrorCode.PROGRAM_FAILED, "what is to come before ended with " + exit + ": " + line)
                        .withHint("nothing was run; see what it printed above");
            }
        });
    }

    /** The same once more, before something is taken back; what fails now is only told. */
    void stopAgain() {
        isStopped = true;
        request.around().before().ifPresent(line -> tell(line, run(line, Map.of())));
    }

    /** Runs what comes after, which learns how it went from the variable HOLDFAST_VERDICT. */
    void after(GuardReport report) {
        after(report.isTakenBack() ? "taken_back" : report.verdict().word());
    }

    private void after(String verdict) {
        if (isStopped) {
            isStopped = false;
            run.closingStep(GuardStep.AFTER);
            request.around().after().ifPresent(line -> tell(line, run(line, Map.of("HOLDFAST_VERDICT", verdict))));
        }
    }

    private void tell(String line, int exit) {
        if (exit != 0) {
            run.finding(new Finding(Severity.WARNING, "beside_failed", line, "'" + line + "' ended with " + exit));
        }
    }

    /** Asks whether all is healthy. */
    List<Check> health() {
        List<Check> checks = new ArrayList<>();
        for (String line : request.conditions().health()) {
            int exit = run(line, Map.of());
            checks.add(new Check(line, exit == 0 ? Optional.empty() : Optional.of("it ended with " + exit)));
        }
        return checks;
    }

    private int run(String line, Map<String, String> variables) {
        return command.runShort(request.order().line(line).with(variables));
    }

    /** What was stopped is started again, also when nothing was run. */
    @Override
    public void close() {
        after("not_run");
    }
}
