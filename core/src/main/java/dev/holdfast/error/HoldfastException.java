package dev.holdfast.error;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of Holdfast: a code, one line in lower case that names the object, and where possible a hint with the next command
 * to type. It never carries a secret. "Could not look" is an exception; "looked, and it is bad" is data.
 */
public final class HoldfastException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final @Nullable String hint;
    private final Aftermath aftermath;

    private HoldfastException(
            ErrorCode code, String message, @Nullable String hint, Aftermath aftermath, @Nullable Throwable cause) {
        super(Objects.requireNonNull(message), cause);
        this.code = code;
        this.hint = hint;
        this.aftermath = aftermath;
    }

    public HoldfastException(ErrorCode code, String message) {
        this(code, message, null, Aftermath.UNTOUCHED, null);
    }

    public HoldfastException(ErrorCode code, String message, @Nullable Throwable cause) {
        this(code, message, null, Aftermath.UNTOUCHED, cause);
    }

    /** Whatever was thrown as one of ours; what is none is a defect that nobody foresaw. */
    public static HoldfastException of(Throwable thrown) {
        return thrown instanceof HoldfastException known
                ? known
                : new HoldfastException(ErrorCode.INTERNAL, "unforeseen: " + thrown, thrown);
    }

    /** The same error with advice: what a person can do next. */
    public HoldfastException withHint(String advice) {
        return copy(getMessage(), advice, aftermath);
    }

    /** The same error, saying what it left behind in the databases. */
    public HoldfastException withAftermath(Aftermath left) {
        return copy(getMessage(), hint, left);
    }

    /** The same error with words in front that say during what it happened. */
    public HoldfastException during(String what) {
        return copy(what + ": " + getMessage(), hint, aftermath);
    }

    private HoldfastException copy(@Nullable String message, @Nullable String advice, Aftermath left) {
        var copy = new HoldfastException(code, String.valueOf(message), advice, left, getCause());
        copy.setStackTrace(getStackTrace());
        for (Throwable suppressed : getSuppressed()) {
            copy.addSuppressed(suppressed);
        }
        return copy;
    }

    public ErrorCode code() {
        return code;
    }

    public Optional<String> hint() {
        return Optional.ofNullable(hint);
    }

    public Aftermath aftermath() {
        return aftermath;
    }
}
