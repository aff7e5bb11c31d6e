package dev.holdfast.json;

/** The bytes are not the JSON that was expected; the message says what is wrong, in lower case. Callers add the name of the file. */
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JsonException(String message) {
        super(message);
    }

    public JsonException(String message, Throwable cause) {
        super(message, cause);
    }
}
