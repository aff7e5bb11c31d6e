package dev.holdfast.cli;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.util.List;

/** Every exit code of the program, but those of guarded commands. */
final class ExitCode {
    /** Done, or yes. */
    static final int DONE = 0;

    /** The answer is no. */
    static final int NO = 1;

    /** Not done; the databases are untouched. */
    static final int NOT_DONE = 2;

    /** Failed midway, and all was put back. */
    static final int PUT_BACK = 3;

    /** Failed, and could not be put back, or it is not known. */
    static final int NOT_PUT_BACK = 4;

    /** Another run holds it. */
    static final int BUSY = 5;

    /** Interrupted from the keyboard, and put back. */
    static final int INTERRUPTED = 130;

    private static final List<Integer> GRAVEST_LAST =
            List.of(DONE, BUSY, NOT_DONE, NO, INTERRUPTED, PUT_BACK, NOT_PUT_BACK);

    private ExitCode() {}

    /** The one that stands for both. */
    static int graver(int one, int other) {
        return GRAVEST_LAST.indexOf(one) < GRAVEST_LAST.indexOf(other) ? other : one;
    }

    static int of(HoldfastException error) {
        return switch (error.aftermath()) {
            case NOT_PUT_BACK -> NOT_PUT_BACK;
            case PUT_BACK -> error.code() == ErrorCode.INTERRUPTED ? INTERRUPTED : PUT_BACK;
            case UNTOUCHED ->
                switch (error.code()) {
                    case INTERRUPTED -> INTERRUPTED;
                    case BUSY -> BUSY;
                    default -> NOT_DONE;
                };
        };
    }
}
