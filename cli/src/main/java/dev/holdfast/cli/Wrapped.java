package dev.holdfast.cli;

import java.util.ArrayList;
import java.util.List;

/** A text of any length in a column of its own. Words stay whole, also those that are longer than a line: somebody may want to copy them. */
final class Wrapped {
    private static final int WIDTH = 80;
    private static final int LEAST_TEXT = 30;

    private Wrapped() {}

    /** Whether it all fits into one line. */
    static boolean fits(String start, String text) {
        return start.length() + text.length() <= WIDTH;
    }

    /**
     * The lines; none for an empty text.
     *
     * @param start of the first line; the others are indented as far
     */
    static List<String> lines(String start, String text) {
        int room = Math.max(LEAST_TEXT, WIDTH - start.length());
        List<String> lines = new ArrayList<>();
        var line = new StringBuilder();
        for (String word : text.strip().split("\\s+", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > room) {
                lines.add(indented(lines.isEmpty(), start, line));
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        if (line.length() > 0) {
            lines.add(indented(lines.isEmpty(), start, line));
        }
        return lines;
    }

    private static String indented(boolean isFirst, String start, CharSequence text) {
        return (isFirst ? start : " ".repeat(start.length())) + text;
    }
}
