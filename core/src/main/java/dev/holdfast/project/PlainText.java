package dev.holdfast.project;

import java.util.Optional;
import java.util.regex.Pattern;

/** Text that others wrote, made fit for a head and a terminal: one line, not long, and without what may be a secret. */
final class PlainText {
    private static final int LONGEST = 200;
    private static final int LONGEST_URL = 1_000;
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cf}]+");
    private static final Pattern LOGIN = Pattern.compile("://[^/\\s]*@");
    private static final Pattern URL =
            Pattern.compile("(?i)(https?://)(?:[^/?#]*@)?([^/?#@]+)([^?#]*)(?:\\?([^#]*))?(?:#.*)?");
    /** Parameters that only say which run. */
    private static final Pattern HARMLESS = Pattern.compile("(?:.*&)?(buildId=[0-9]+)(?:&.*)?");

    private PlainText() {}

    static String of(String text) {
        String line = LOGIN.matcher(line(text)).replaceAll("://***@");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }

    private static String line(String text) {
        return CONTROL.matcher(text).replaceAll(" ").strip();
    }

    /** A web address without user, password, fragment, and parameters, which may be tokens; empty when it is none. */
    static Optional<String> url(String text) {
        var url = URL.matcher(line(text));
        if (!url.matches()) {
            return Optional.empty();
        }
        var harmless = HARMLESS.matcher(url.group(4) == null ? "" : url.group(4));
        String plain = url.group(1) + url.group(2) + url.group(3) + (harmless.matches() ? "?" + harmless.group(1) : "");
        return Optional.of(plain).filter(address -> address.length() <= LONGEST_URL);
    }
}
