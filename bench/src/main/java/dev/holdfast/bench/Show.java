package dev.holdfast.bench;

import java.util.Locale;

/** Figures as people read them. */
final class Show {
    private static final double MEBIBYTE = 1 << 20;

    private Show() {}

    static String seconds(double seconds) {
        return String.format(Locale.ROOT, seconds < 1 ? "%.3f s" : "%.2f s", seconds);
    }

    static String millis(double seconds) {
        return String.format(Locale.ROOT, "%.0f ms", seconds * 1000);
    }

    static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", share * 100);
    }

    static String bytes(long bytes) {
        if (bytes < 1e6) {
            return String.format(Locale.ROOT, "%.1f kB", bytes / 1e3);
        }
        return String.format(Locale.ROOT, bytes < 1e9 ? "%.1f MB" : "%.0f MB", bytes / 1e6);
    }

    /** Memory is counted in powers of two, as heap sizes are. */
    static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.0f MiB", bytes / MEBIBYTE);
    }
}
