package dev.holdfast.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

/** Sizes, counts and times as people read them. */
final class Words {
    /** Control characters of both kinds, and those that turn around the order in which a terminal shows the others. */
    private static final Pattern HIDDEN = Pattern.compile("[\\p{Cc}\\u202A-\\u202E\\u2066-\\u2069]+");

    private Words() {}

    static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        String[] units = {"kB", "MB", "GB", "TB", "PB"};
        double value = bytes;
        int unit = -1;
        while (value >= 999.5 && unit + 1 < units.length) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, units[unit]);
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A count with its noun. */
    static String count(long count, String one, String many) {
        return count(count) + " " + (count == 1 ? one : many);
    }

    static String duration(Duration duration) {
        double seconds = duration.toMillis() / 1000.0;
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        return String.format(
                Locale.ROOT, "%d:%02d:%02d", duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart());
    }

    /** The same for who does not read it every day, with its units. */
    static String spoken(Duration duration) {
        if (duration.toMillis() < 1000) {
            return duration.toMillis() + " ms";
        }
        if (duration.toSeconds() < 60) {
            return duration(duration);
        }
        return duration.toHours() == 0
                ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
                : count(duration.toHours()) + " h " + duration.toMinutesPart() + " min";
    }

    /** How long ago, roughly. */
    static String ago(Instant then, Instant now) {
        long seconds = Math.max(0, Duration.between(then, now).toSeconds());
        if (seconds < 120) {
            return "just now";
        }
        if (seconds < 7200) {
            return seconds / 60 + " minutes ago";
        }
        if (seconds < 172_800) {
            return seconds / 3600 + " hours ago";
        }
        return seconds / 86_400 + " days ago";
    }

    /** The beginning of a text that is longer than some characters; what is left out is counted. */
    static String cut(String text, int most) {
        int length = text.codePointCount(0, text.length());
        return length <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most)) + "... and " + count(length - most)
                        + " characters more";
    }

    /** One line, in which no control character of a name moves the reader's terminal. */
    static String plain(String text) {
        return HIDDEN.matcher(text).replaceAll(" ");
    }
}
