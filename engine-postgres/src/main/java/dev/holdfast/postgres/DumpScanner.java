package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the text of a plain dump apart as psql does: statements, rows of COPY, meta-commands, comments. What stands between them is left
 * out. Of a long statement it keeps a part, so memory does not depend on the text. Used once, by one thread.
 */
final class DumpScanner {
    /** Is told what comes. Arrays are used again for what comes next. */
    interface Sink {
        /** A statement, or the beginning of a long one. */
        void statement(byte[] text, int length, boolean whole) throws IOException;

        /** More of a long statement. */
        void more(byte[] text, int length) throws IOException;

        /**
         * The statement has ended.
         *
         * @param groups how many pairs of parentheses stood in it side by side
         */
        void ended(long groups) throws IOException;

        /** Bytes of the rows of the COPY that was the last statement, its end mark among them. */
        void copied(byte[] text, int from, int to) throws IOException;

        /** Among the rows stands what comes before those of another table. */
        void unended();

        /** The rows have ended. */
        void copyEnded(long rows) throws IOException;

        /** A backslash outside of quotes, and what follows on its line; blanks before it when it is not the line's beginning. */
        void meta(String line) throws IOException;

        /** A line of comment between statements. */
        void comment(String line);
    }

    private enum State {
        SQL,
        LINE_COMMENT,
        BLOCK_COMMENT,
        QUOTE,
        ESCAPING_QUOTE,
        NAME,
        DOLLARS
    }

    /** The name of the table, its columns, and no more than options behind. */
    private static final Pattern COPY_IN =
            Pattern.compile("copy .*\\sfrom\\s+stdin\\b[^']*;", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Whether plain strings take a backslash as it stands. */
    private static final Pattern STRINGS = Pattern.compile("SET standard_conforming_strings = '?(on|off)'?;");

    private static final int SHORT = 100;

    /** The longest statement that is handed out in one piece. */
    private static final int LONGEST = 1 << 20;

    /** What is kept of a long one, so that the end of what is quoted is recognized. */
    private static final int KEPT = 1 << 10;

    private static final int LONGEST_LINE = 1 << 12;
    private static final int BUFFER = 1 << 18;

    private final InputStream in;
    private final Sink sink;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;

    private final byte[] text = new byte[LONGEST];
    private int length;
    private boolean inStatement;
    private boolean isLong;
    private long groups;
    private int parentheses;

    private State state = State.SQL;
    private State quote = State.QUOTE;
    private boolean standardStrings = true;
    private boolean lineStart = true;
    private byte before = '\n';
    private int commentDepth;
    private byte[] tag = {};
    private long sinceTag;
    private final StringBuilder comment = new StringBuilder();

    DumpScanner(InputStream in, Sink sink) {
        this.in = in;
        this.sink = sink;
    }

    /** Takes it apart to its end; an error says inside of what the text ended, if it did. */
    void scan() throws IOException {
        while (peek() >= 0) {
            if (state == State.SQL && peek() == '\\') {
                meta();
            } else {
                step((byte) next());
            }
        }
        if (inStatement) {
            throw new EOFException(
                    switch (state) {
                        case SQL, LINE_COMMENT -> "it ends in the middle of a statement";
                        case BLOCK_COMMENT -> "it ends in the middle of a comment";
                        case QUOTE, ESCAPING_QUOTE, DOLLARS -> "it ends in the middle of a quoted text";
                        case NAME -> "it ends in the middle of a quoted name";
                    });
        }
    }

    private int peek() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(0, in.read(buffer, 0, buffer.length));
        }
        return at < end ? buffer[at] & 0xff : -1;
    }

    private int next() throws IOException {
        int b = peek();
        at++;
        return b;
    }

    private void meta() throws IOException {
        boolean isLine = lineStart && !inStatement;
        String line = restOfLine();
        sink.meta(isLine ? line : " " + line);
    }

    /** What stands up to the line's end, without it; of an overlong line its beginning. */
    private String restOfLine() throws IOException {
        var line = new StringBuilder();
        for (int b = peek() < 0 ? -1 : next(); b >= 0 && b != '\n'; b = peek() < 0 ? -1 : next()) {
            if (line.length() < LONGEST_LINE) {
                line.append((char) b);
            }
        }
        lineStart = true;
        before = '\n';
        return line.toString().stripTrailing();
    }

    private void step(byte b) throws IOException {
        keep(b);
        switch (state) {
            case SQL -> outside(b);
            case LINE_COMMENT -> inLineComment(b);
            case BLOCK_COMMENT -> inBlockComment(b);
            case QUOTE -> endOf('\'', b);
            case NAME -> endOf('"', b);
            case ESCAPING_QUOTE -> {
                if (b == '\\' && peek() >= 0) {
                    keep((byte) next());
                } else {
                    endOf('\'', b);
                }
            }
            case DOLLARS -> {
                if (++sinceTag >= tag.length && b == '$' && endsWithTag()) {
                    state = State.SQL;
                }
            }
        }
        lineStart = b == '\n';
        before = b;
    }

    private void endOf(char mark, byte b) {
        if (b == mark) {
            state = State.SQL; // a doubled one opens again
        }
    }

    /** Outside of quotes and comments. */
    private void outside(byte b) throws IOException {
        if (b == '-' && peek() == '-') {
            state = State.LINE_COMMENT;
            comment.setLength(0);
            comment.append('-');
        } else if (b == '/' && peek() == '*') {
            keep((byte) next());
            commentDepth = 1;
            state = State.BLOCK_COMMENT;
        } else if (inStatement || !isBlank(b)) {
            begin(b);
            switch (b) {
                case '\'' -> state = openingQuote();
                case '"' -> state = State.NAME;
                case '$' -> dollars();
                case '(' -> groups += parentheses++ == 0 ? 1 : 0;
                case ')' -> parentheses--;
                case ';' -> end();
                default -> {}
            }
        }
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t' || b == '\f' || b == '\u000b';
    }

    private void begin(byte b) {
        if (!inStatement) {
            inStatement = true;
            length = 0;
            text[length++] = b;
            groups = 0;
            parentheses = 0;
        }
    }

    private State openingQuote() {
        if (before != '\'') {
            boolean marked = (before == 'e' || before == 'E') && (length < 3 || !isOfName(text[length - 3]));
            quote = marked || !standardStrings ? State.ESCAPING_QUOTE : State.QUOTE;
        }
        return quote;
    }

    private static boolean isOfName(byte b) {
        return b < 0
                || b == '_'
                || b == '$'
                || (b >= '0' && b <= '9')
                || (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z');
    }

    /** A dollar that is not part of a name may open a quoted text. */
    private void dollars() throws IOException {
        if (isOfName(before)) {
            return;
        }
        var name = new StringBuilder("$");
        while (peek() >= 0 && isOfName((byte) peek()) && name.length() < KEPT) {
            byte b = (byte) next();
            keep(b);
            name.append((char) (b & 0xff));
            if (b == '$') {
                if (name.length() == 2 || !Character.isDigit(name.charAt(1))) {
                    tag = name.toString().getBytes(ISO_8859_1);
                    sinceTag = 0;
                    state = State.DOLLARS;
                }
                return;
            }
        }
    }

    private boolean endsWithTag() {
        return length >= tag.length && Arrays.equals(text, length - tag.length, length, tag, 0, tag.length);
    }

    private void inLineComment(byte b) {
        if (b == '\n') {
            state = State.SQL;
            if (!inStatement) {
                sink.comment(comment.toString().strip());
            }
        } else if (comment.length() < LONGEST_LINE) {
            comment.append((char) (b & 0xff));
        }
    }

    private void inBlockComment(byte b) throws IOException {
        if (b == '/' && peek() == '*') {
            keep((byte) next());
            commentDepth++;
        } else if (b == '*' && peek() == '/') {
            keep((byte) next());
            if (--commentDepth == 0) {
                state = State.SQL;
            }
        }
    }

    private void keep(byte b) throws IOException {
        if (!inStatement) {
            return;
        }
        if (length == text.length) {
            handOn(KEPT, false);
        }
        text[length++] = b;
    }

    private void handOn(int kept, boolean whole) throws IOException {
        int out = length - kept;
        if (isLong) {
            sink.more(text, out);
        } else {
            sink.statement(text, out, whole);
        }
        isLong = !whole;
        System.arraycopy(text, out, text, 0, kept);
        length = kept;
    }

    private void end() throws IOException {
        boolean copy = !isLong && isCopyIn(text, length);
        if (length < SHORT && text[0] == 'S') {
            Matcher strings = STRINGS.matcher(new String(text, 0, length, ISO_8859_1));
            standardStrings = strings.matches() ? strings.group(1).equals("on") : standardStrings;
        }
        inStatement = false;
        handOn(0, true);
        sink.ended(groups);
        if (copy) {
            restOfLine();
            copy();
        }
    }

    /** Whether rows follow a statement. */
    static boolean isCopyIn(byte[] text, int length) {
        return (text[0] | 0x20) == 'c'
                && (text[1] | 0x20) == 'o'
                && COPY_IN.matcher(new String(text, 0, length, ISO_8859_1)).matches();
    }

    private void copy() throws IOException {
        long rows = 0;
        var line = new CopyLine();
        while (peek() >= 0) {
            int from = at;
            while (at < end) {
                byte b = buffer[at++];
                if (b != '\n') {
                    line.take(b);
                } else if (line.isEndMark()) {
                    sink.copied(buffer, from, at);
                    sink.copyEnded(rows);
                    return;
                } else {
                    if (line.isHeading()) {
                        sink.unended();
                    }
                    rows++;
                    line.begin();
                }
            }
            sink.copied(buffer, from, end);
        }
        throw new EOFException("it ends among the rows of a table");
    }
}
