package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/** As much of a line among the rows of COPY as tells it from what is none. Used by one thread, for one line after the other. */
final class CopyLine {
    private static final byte[] HEADING = "-- Data for Name: ".getBytes(ISO_8859_1);
    private static final byte[] END_MARK = {'\\', '.'};
    private static final byte[] RULE = {'-', '-'};

    private final byte[] beginning = new byte[HEADING.length];
    private int length;
    private boolean behindRule;

    void begin() {
        behindRule = is(RULE);
        length = 0;
    }

    void take(byte b) {
        if (length < beginning.length) {
            beginning[length] = b;
        }
        length = Math.min(length + 1, beginning.length + 1);
    }

    private boolean is(byte[] text) {
        int ended = length > 0 && length <= beginning.length && beginning[length - 1] == '\r' ? length - 1 : length;
        return ended == text.length && Arrays.equals(beginning, 0, ended, text, 0, ended);
    }

    /** A backslash and a dot. */
    boolean isEndMark() {
        return is(END_MARK);
    }

    /** The comment before a table's rows, which has a line of its own before it. */
    boolean isHeading() {
        return behindRule && length > beginning.length && Arrays.equals(beginning, HEADING);
    }
}
