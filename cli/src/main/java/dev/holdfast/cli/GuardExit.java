package dev.holdfast.cli;

import dev.holdfast.guard.GuardReport;
import dev.holdfast.guard.Order;

/** Exit codes of guarded commands, which go around those that commands use themselves, as those of {@code timeout} and {@code env} do. */
final class GuardExit {
    /** The command ended with 0, but a check failed. */
    static final int CHECK_FAILED = 122;

    /** Taking back failed. */
    static final int NOT_TAKEN_BACK = 123;

    /** The command ended with 0, and we failed afterwards. */
    static final int FAILED_AFTERWARDS = 124;

    /** Refused, or failed before the command. */
    static final int NOT_RUN = 125;

    /** The command cannot be executed. */
    static final int NOT_EXECUTABLE = 126;

    private static final int NOT_FOUND = 127;

    private GuardExit() {}

    static int of(Order.Obstacle obstacle) {
        return obstacle == Order.Obstacle.NOT_FOUND ? NOT_FOUND : NOT_EXECUTABLE;
    }

    static int of(GuardReport report) {
        if (report.taken().filter(taken -> !taken.isDone()).isPresent()) {
            return NOT_TAKEN_BACK;
        }
        if (!report.isEndedWell()) {
            return report.ended().exit();
        }
        if (!report.failedChecks().isEmpty()) {
            return CHECK_FAILED;
        }
        return report.judgment().trouble().isEmpty() ? ExitCode.DONE : FAILED_AFTERWARDS;
    }
}
