package dev.holdfast.postgres;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.util.function.Supplier;

/** Trying again until it works, with a moment's wait between. */
final class Pause {
    private static final long MILLIS = 100;

    private Pause() {}

    /**
     * Does something again and again while the server refuses it with one answer, which will be another one soon.
     *
     * @param state that answer, an SQLSTATE
     * @param tries after how many the refusal is thrown
     * @param meanwhile done after each refusal
     */
    static <T> T whileRefused(String state, int tries, Supplier<T> work, Runnable meanwhile) {
        for (int i = 1; ; i++) {
            try {
                return work.get();
            } catch (HoldfastException e) {
                if (!PgErrors.isBecauseOf(e, state) || i == tries) {
                    throw e;
                }
                meanwhile.run();
                moment();
            }
        }
    }

    static void moment() {
        try {
            Thread.sleep(MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HoldfastException(ErrorCode.INTERRUPTED, "interrupted", e);
        }
    }
}
