package dev.holdfast.postgres;

import dev.holdfast.engine.RecordSink;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What the server sends, on its way to the driver. While a sink is tapped in, each CopyData message goes to the sink straight from the
 * receive buffer, and the driver sees only the other messages: it never makes an array for a row. Measured on 6 million rows, this is
 * what lets reading keep up with pg_dump.
 *
 * <p>Messages are those of the PostgreSQL protocol 3: one byte of type, four bytes of length that count themselves, the content. From
 * {@link #frame} on no read ends in the middle of a later message, so the driver never holds a part of what a sink should get. Used by
 * one thread at a time.
 */
final class CopyTap extends InputStream {
    private static final int BUFFER = 256 << 10;
    private static final int HEADER = 5;
    private static final byte COPY_DATA = 'd';

    private final InputStream input;
    private final byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;
    private boolean framed;
    private long leftOfMessage;
    private @Nullable RecordSink sink;

    CopyTap(InputStream input) {
        this.input = input;
    }

    /** The connection is made and idle: from now on everything is whole messages. */
    void frame() {
        framed = true;
    }

    /** From now on CopyData goes to the sink. Only between commands. */
    void open(RecordSink rows) {
        if (!framed || leftOfMessage != 0) {
            throw new IllegalStateException("not between messages");
        }
        sink = rows;
    }

    /** From now on everything goes to the driver. */
    void shut() {
        sink = null;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (framed && leftOfMessage == 0 && !beginMessage()) {
            return -1;
        }
        if (from == to && !fill()) {
            return -1;
        }
        int given = Math.min(length, to - from);
        if (framed) {
            given = (int) Math.min(given, leftOfMessage);
            leftOfMessage -= given;
        }
        System.arraycopy(buffer, from, into, offset, given);
        from += given;
        return given;
    }

    /** Comes to the next message for the driver, giving rows to the sink on the way; false at the end of the stream. */
    private boolean beginMessage() throws IOException {
        while (true) {
            while (to - from < HEADER) {
                if (!fill()) {
                    return false;
                }
            }
            int length = ((buffer[from + 1] & 0xff) << 24)
                    | ((buffer[from + 2] & 0xff) << 16)
                    | ((buffer[from + 3] & 0xff) << 8)
                    | (buffer[from + 4] & 0xff);
            if (length < 4) {
                throw new IOException("the server sent a message of length " + length);
            }
            if (sink == null || buffer[from] != COPY_DATA) {
                leftOfMessage = 1L + length;
                return true;
            }
            from += HEADER;
            giveRow(sink, length - 4);
        }
    }

    private void giveRow(RecordSink rows, int length) throws IOException {
        int left = length;
        while (left > to - from) {
            int part = to - from;
            if (part > 0) {
                rows.part(buffer, from, part, false);
                left -= part;
                from = to;
            }
            if (!fill()) {
                throw new EOFException("the server ended the connection in the middle of a row");
            }
        }
        rows.part(buffer, from, left, true);
        from += left;
    }

    /** Reads more behind what is there; false at the end of the stream. */
    private boolean fill() throws IOException {
        if (from == to) {
            from = 0;
            to = 0;
        } else if (to == buffer.length) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        int count = input.read(buffer, to, buffer.length - to);
        if (count < 0) {
            return false;
        }
        to += count;
        return true;
    }

    @Override
    public int available() {
        return 0;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
