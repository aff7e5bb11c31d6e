package dev.holdfast.error;

/** Passwords in texts that people wrote: in URLs and connection strings. */
public final class Secrets {
    private Secrets() {}

    /** The text without them. */
    public static String hidden(String text) {
        return text.replaceAll("://([^:/\\s]*):\\S*@", "://$1:***@").replaceAll("(?i)(password=)[^&\\s]+", "$1***");
    }
}
