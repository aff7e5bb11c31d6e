package dev.holdfast.postgres;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;

/** A moment's wait before something is tried again. */
final class Pause {
    private Pause() {}

    static void millis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HoldfastException(ErrorCode.INTERRUPTED, "interrupted", e);
        }
    }
}
