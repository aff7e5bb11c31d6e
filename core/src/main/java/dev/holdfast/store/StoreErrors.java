package dev.holdfast.store;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;

/** Turns the operating system's words into our codes; the one place that knows them. */
final class StoreErrors {
    private StoreErrors() {}

    static HoldfastException missing(Object name) {
        return new HoldfastException(ErrorCode.STORE_MISSING, name + " is missing");
    }

    static HoldfastException cut(Object name, long wanted) {
        return new HoldfastException(ErrorCode.DAMAGED, name + " is shorter than " + wanted + " bytes");
    }

    static HoldfastException full(String doing, Object name, Exception cause) {
        return new HoldfastException(ErrorCode.STORE_FULL, doing + " " + name + ": no space left", cause)
                .withHint("free some space where the repository stands, then run the same command again");
    }

    static HoldfastException of(String doing, Object name, Exception cause) {
        String reason = reason(cause);
        String low = reason.toLowerCase(Locale.ROOT);
        if (low.contains("no space left") || low.contains("disk quota") || low.contains("not enough space")) {
            return full(doing, name, cause);
        }
        if (cause instanceof AccessDeniedException
                || cause instanceof ReadOnlyFileSystemException
                || low.contains("read-only file system")
                || low.contains("permission denied")) {
            return new HoldfastException(ErrorCode.STORE_READ_ONLY, doing + " " + name + ": not allowed", cause)
                    .withHint("check who owns the repository's folder and whether it is mounted read-only");
        }
        if (cause instanceof NoSuchFileException) {
            return new HoldfastException(ErrorCode.STORE_MISSING, doing + " " + name + ": it is missing", cause);
        }
        return new HoldfastException(ErrorCode.STORE_FAILED, doing + " " + name + ": " + reason, cause);
    }

    private static String reason(Exception cause) {
        if (cause instanceof FileSystemException fs && fs.getReason() != null) {
            return fs.getReason();
        }
        String message = cause instanceof IOException ? cause.getMessage() : cause.toString();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
