package dev.holdfast.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Sizes, counts and times as people read them. */
final class Words {
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

    /** One line, in which no control character of a name moves the reader's terminal. */
    static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
