package dev.holdfast.cli;

import java.util.Locale;

/**
 * Texts of others in a page or a file: what nobody would see, what would turn around the words beside it, and what XML cannot hold is spelled
 * out, so that a reader sees that it is there.
 */
final class Visible {
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int LAST_OF_PLANE = 0xFFFE;

    private Visible() {}

    static String of(String text) {
        if (text.codePoints().noneMatch(Visible::isHidden)) {
            return text;
        }
        var seen = new StringBuilder(text.length() + 16);
        text.replace("\r\n", "\n").codePoints().forEach(point -> {
            if (isHidden(point)) {
                seen.append(String.format(Locale.ROOT, "[U+%04X]", point));
            } else {
                seen.appendCodePoint(point);
            }
        });
        return seen.toString();
    }

    /** The same in one line. */
    static String line(String text) {
        return of(text.replaceAll("\\s+", " ").strip());
    }

    private static boolean isHidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL -> point != '\n' && point != '\t';
            case Character.FORMAT -> point != ZERO_WIDTH_JOINER && point != ZERO_WIDTH_NON_JOINER;
            case Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> (point & LAST_OF_PLANE) == LAST_OF_PLANE;
        };
    }
}
